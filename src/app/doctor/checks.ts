import type { Check } from './check';
import { addressKey } from './checks/address-key';
import { changeNotifications } from './checks/change-notifications';
import { clocks } from './checks/clocks';
import { codecKeys } from './checks/codec-keys';
import { codecEndpoint } from './checks/codec-endpoint';
import { doceboAccess } from './checks/docebo-access';
import { doceboProfile } from './checks/docebo-profile';
import { doceboWebhook } from './checks/docebo-webhook';
import { failureMail } from './checks/failure-mail';
import { mailboxCalendar } from './checks/mailbox-calendar';
import { metrics } from './checks/metrics';
import { microsoftToken } from './checks/microsoft-token';
import { oidc } from './checks/oidc';
import { queueOwners } from './checks/queue-owners';
import { schedules } from './checks/schedules';
import { settings } from './checks/settings';
import { sharedMailbox } from './checks/shared-mailbox';
import { temporalServer } from './checks/temporal-server';
import { timeZones } from './checks/time-zones';
import { traces } from './checks/traces';
import { workers } from './checks/workers';

/** In the order in which they are shown. A new check is a file of its own beside these, and a line here. */
export const CHECKS: readonly Check[] = [
  settings,
  temporalServer,
  workers,
  queueOwners,
  schedules,
  doceboAccess,
  doceboProfile,
  doceboWebhook,
  timeZones,
  microsoftToken,
  mailboxCalendar,
  sharedMailbox,
  changeNotifications,
  failureMail,
  codecEndpoint,
  oidc,
  metrics,
  traces,
  clocks,
  addressKey,
  codecKeys,
];
