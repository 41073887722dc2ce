import type { DoceboConnectIndex } from '../../activities/calendar/docebo-connect-index';
import type { PlatformLook } from '../../activities/inspections/inspect-platform';
import type { BudgetLoad } from '../../adapters/docebo/api/call-budget';
import type { MailboxLoad } from '../../adapters/graph/mailbox-limits';
import { observedFetch } from '../../adapters/http/observed-fetch';
import type { ApiDefinitionSource, MailboxInspector } from '../../domain/inspection/facts';
import type { MailboxKey, PlatformKey } from '../../domain/model';
import type { AnswerSink, AnswerSource, CalendarStore, Clock, MailSender, TrainingSource } from '../../domain/ports';
import type { Subscriptions } from '../../domain/rsvp/subscriptions';
import type { PlatformSettings, RsvpPollSettings } from '../../domain/settings';
import type { SessionLister } from '../../domain/sweep/sweep-ports';
import { createAccountTokens, type SignInProblem } from '../accounts/account-tokens';
import { heirOf } from './heir';
import { known } from './known';
import { createMailSender } from './mail-sender';
import { createMailboxSystem } from './mailbox-system';
import { createPlatformSystem } from './platform-system';
import type { SystemsContext } from './systems-context';

/** Docebo and Graph as this configuration names them. */
export interface Systems {
  readonly settingsOf: (platform: PlatformKey) => PlatformSettings;
  readonly trainingSourceOf: (platform: PlatformKey) => TrainingSource;
  readonly answerSinkOf: (platform: PlatformKey) => AnswerSink;
  readonly sessionListerOf: (platform: PlatformKey) => SessionLister;
  readonly answerSourceOf: (mailbox: MailboxKey) => AnswerSource;
  readonly rsvpSettingsOf: (mailbox: MailboxKey) => RsvpPollSettings;
  readonly subscriptionsOf: (mailbox: MailboxKey) => Subscriptions;
  readonly storeOf: (mailbox: MailboxKey) => CalendarStore;
  /** Docebo Connect's events in a mailbox, for the platform that takes them over; null: nobody does. */
  readonly doceboConnectOf: (platform: PlatformKey, mailbox: MailboxKey) => DoceboConnectIndex | null;
  /** What Docebo Connect left in a mailbox, whoever takes it over. */
  readonly doceboConnectIn: (mailbox: MailboxKey) => DoceboConnectIndex;
  /** Whether the settings say that Docebo Connect is off for a platform. */
  readonly isConnectOff: (platform: PlatformKey) => boolean;
  readonly takesOver: (platform: PlatformKey, mailbox: MailboxKey) => boolean;
  /** For looks at the live systems; they share the sessions' limits. */
  readonly platformLookOf: (platform: PlatformKey) => PlatformLook;
  readonly mailboxInspectorOf: (mailbox: MailboxKey) => MailboxInspector;
  readonly apiDefinitionOf: (platform: PlatformKey) => ApiDefinitionSource;
  /** Of failure mails. */
  readonly mailSender: MailSender;
  /** What is left of the limits of each system. */
  readonly load: () => {
    readonly docebo: Readonly<Record<PlatformKey, BudgetLoad>>;
    readonly graph: Readonly<Record<MailboxKey, MailboxLoad>>;
  };
}

export interface SystemsOptions extends Omit<SystemsContext, 'clock' | 'enter'> {
  readonly clock?: Clock;
  readonly enter?: SystemsContext['enter'];
  /** A refreshed sign-in could not be kept on disk; it goes on working for its old time. */
  readonly onSignInProblem?: SignInProblem;
}

export const systemClock: Clock = { now: () => new Date() };

export function createSystems(options: SystemsOptions): Systems {
  const { config, secrets, telemetry } = options;
  const context: SystemsContext = { clock: systemClock, enter: () => null, ...options };
  const tokensOf = createAccountTokens({
    config,
    secrets,
    clock: context.clock,
    onProblem: options.onSignInProblem ?? (() => undefined),
    fetch: observedFetch(globalThis.fetch, telemetry?.observerOf('entra', ''), {
      kind: 'token',
      method: 'POST',
      path: '/token',
    }),
  });
  const mailboxes = mapValues(config.mailboxes, (settings, mailbox) =>
    createMailboxSystem(context, { mailbox, settings, tokens: tokensOf(settings.account) }),
  );
  const platforms = mapValues(config.platforms, ({ docebo, settings }, platform) =>
    createPlatformSystem(context, { platform, docebo, settings }),
  );
  const platformOf = (key: PlatformKey) => known(platforms[key], 'platform', key);
  const mailboxOf = (key: MailboxKey) => known(mailboxes[key], 'mailbox', key);

  return {
    settingsOf: (platform) => known(config.platforms[platform]?.settings, 'platform', platform),
    trainingSourceOf: (platform) => platformOf(platform).source,
    answerSinkOf: (platform) => platformOf(platform).sink,
    sessionListerOf: (platform) => platformOf(platform).lister,
    answerSourceOf: (mailbox) => mailboxOf(mailbox).answers,
    rsvpSettingsOf: (mailbox) => mailboxOf(mailbox).rsvp,
    subscriptionsOf: (mailbox) => mailboxOf(mailbox).subscriptions,
    storeOf: (mailbox) => mailboxOf(mailbox).store,
    doceboConnectOf: (platform, mailbox) => (heirOf(config, mailbox) === platform ? mailboxOf(mailbox).connect : null),
    doceboConnectIn: (mailbox) => mailboxOf(mailbox).connect,
    isConnectOff: (platform) => config.platforms[platform]?.mayBeSwept === true,
    takesOver: (platform, mailbox) => heirOf(config, mailbox) === platform,
    platformLookOf: (platform) => platformOf(platform).look,
    mailboxInspectorOf: (mailbox) => mailboxOf(mailbox).inspector,
    apiDefinitionOf: (platform) => platformOf(platform).definition,
    mailSender: createMailSender(config.notifications.sender, {
      smtpPassword: secrets.smtpPassword,
      graphOf: (mailbox) => mailboxOf(mailbox).graph,
    }),
    load: () => ({
      docebo: mapValues(platforms, ({ client }) => client.load()),
      graph: mapValues(mailboxes, ({ graph }) => graph.load()),
    }),
  };
}

function mapValues<T, U>(of: Readonly<Record<string, T>>, to: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(of).map(([key, value]) => [key, to(value, key)]));
}
