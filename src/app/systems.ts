import { DoceboConnectIndex } from '../activities/calendar/docebo-connect-index';
import type { PlatformLook } from '../activities/inspections/inspect-platform';
import { createAnswerSink } from '../adapters/docebo/answer-sink';
import { createApiDefinitionSource } from '../adapters/docebo/api-definitions';
import { createDoceboClient, type DoceboClient } from '../adapters/docebo/client';
import { createSessionLister } from '../adapters/docebo/session-lister';
import { createTrainingSource } from '../adapters/docebo/training-source';
import { createGraphAnswerSource } from '../adapters/graph/answer-source';
import { createGraphCalendarStore } from '../adapters/graph/calendar-store';
import { createGraphMailbox, mailboxRoot, type GraphMailbox } from '../adapters/graph/client';
import { createMailboxInspector } from '../adapters/graph/mailbox-inspector';
import { createGraphSubscriptions } from '../adapters/graph/subscriptions';
import { createGraphMailSender } from '../adapters/graph/send-mail';
import { createGraphTransactionLister } from '../adapters/graph/transaction-lister';
import { createClockSkew } from '../adapters/http/clock-skew';
import { observedFetch } from '../adapters/http/observed-fetch';
import { createSmtpMailSender } from '../adapters/mail/smtp';
import * as calendarKeys from '../contract/calendar-keys';
import { graphQueue } from '../contract/queues';
import { InvariantError } from '../domain/errors';
import type { ApiDefinitionSource, MailboxInspector } from '../domain/inspection/facts';
import type { MailboxKey, PlatformKey } from '../domain/model';
import { routeReadsOf } from '../domain/planning/route-mailbox';
import type { AnswerSink, AnswerSource, CalendarStore, Clock, MailSender, TrainingSource } from '../domain/ports';
import type { PlatformSettings, RsvpPollSettings } from '../domain/settings';
import type { Subscriptions } from '../domain/rsvp/subscriptions';
import type { SessionLister } from '../domain/sweep/sweep-ports';
import type { BudgetLoad } from '../adapters/docebo/call-budget';
import type { MailboxLoad } from '../adapters/graph/mailbox-limits';
import { createAccountTokens, type SignInProblem } from './account-tokens';
import type { Config } from './config/config-types';
import type { Secrets } from './secrets';
import type { Metrics } from './telemetry/metrics';
import type { ObserverOf } from './telemetry/observe-calls';
import { observedStore } from './telemetry/observe-store';
import { notificationTargetOf } from './watch-settings';

/** Docebo and Graph as this configuration names them. The one place where they are constructed. */
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
  /** Calls made by this process so far, by system and kind. */
  readonly calls: () => Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** What is left of the limits of each system. */
  readonly load: () => {
    readonly docebo: Readonly<Record<PlatformKey, BudgetLoad>>;
    readonly graph: Readonly<Record<MailboxKey, MailboxLoad>>;
  };
}

export interface SystemsOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  /** Whom requests and mails are told; a command for an operator has none. */
  readonly telemetry?: { readonly metrics: Metrics; readonly observerOf: ObserverOf };
  readonly clock?: Clock;
  /** Asked before each request to a mailbox whose queue other processes may serve; see `QueueGuard`. */
  readonly enter?: (queue: string) => AbortSignal | null;
  /** A refreshed sign-in could not be kept on disk; it goes on working for its old time. */
  readonly onSignInProblem?: SignInProblem;
}

export const systemClock: Clock = { now: () => new Date() };

export function createSystems(options: SystemsOptions): Systems {
  const { config, secrets, telemetry, clock = systemClock, enter = () => null } = options;
  const observerOf = telemetry?.observerOf;
  const { microsoft } = config;
  const tokensOf = createAccountTokens({
    config,
    secrets,
    clock,
    onProblem: options.onSignInProblem ?? (() => undefined),
    fetch: observedFetch(globalThis.fetch, observerOf?.('entra', ''), {
      kind: 'token',
      method: 'POST',
      path: '/token',
    }),
  });

  const stores = new Map<MailboxKey, CalendarStore>();
  const answers = new Map<MailboxKey, AnswerSource>();
  const graphs = new Map<MailboxKey, GraphMailbox>();
  const subscriptions = new Map<MailboxKey, Subscriptions>();
  const connects = new Map<MailboxKey, DoceboConnectIndex>();
  const inspectors = new Map<MailboxKey, MailboxInspector>();
  const calls: Record<string, () => Readonly<Record<string, number>>> = {};
  for (const [mailbox, { user, account }] of Object.entries(config.mailboxes)) {
    const tokens = tokensOf(account);
    const graph = createGraphMailbox({
      mailbox,
      root: mailboxRoot(user),
      baseUrl: microsoft.graphBaseUrl,
      tokens,
      clock,
      enter: () => enter(graphQueue(mailbox)),
      observer: observerOf?.('graph', mailbox),
    });
    const address = user !== null && user.includes('@') ? user : null;
    const store = createGraphCalendarStore({ graph, keys: GRAPH_KEYS, address });
    stores.set(mailbox, telemetry === undefined ? store : observedStore(store, telemetry.metrics));
    graphs.set(mailbox, graph);
    inspectors.set(
      mailbox,
      createMailboxInspector({
        graph,
        graphOf: (other) =>
          createGraphMailbox({
            mailbox: 'another',
            root: mailboxRoot(other),
            baseUrl: microsoft.graphBaseUrl,
            tokens,
            clock,
          }),
        tokens,
        keys: GRAPH_KEYS,
        skew: createClockSkew({ system: 'GRAPH', url: `${microsoft.graphBaseUrl}/v1.0/`, clock, fetch }),
        clock,
      }),
    );
    const target = notificationTargetOf(config, secrets, mailbox);
    const applicationId = known(microsoft.accounts[account], 'account', account).clientId;
    subscriptions.set(
      mailbox,
      createGraphSubscriptions({ graph, target: target === null ? null : { ...target, applicationId } }),
    );
    const heir = heirOf(config, mailbox);
    connects.set(mailbox, new DoceboConnectIndex({ lister: createGraphTransactionLister(graph), clock }));
    answers.set(
      mailbox,
      createGraphAnswerSource({
        graph,
        keys: GRAPH_KEYS,
        parseAdoptedTransactionId: (text) => {
          const parsed = calendarKeys.parseDoceboConnectTransactionId(text);
          return heir === null || parsed === null ? null : { platform: heir, ...parsed };
        },
      }),
    );
    calls[`graph/${mailbox}`] = () => graph.calls();
  }

  const clients = new Map<PlatformKey, DoceboClient>();
  const sources = new Map<PlatformKey, TrainingSource>();
  const sinks = new Map<PlatformKey, AnswerSink>();
  const listers = new Map<PlatformKey, SessionLister>();
  const looks = new Map<PlatformKey, PlatformLook>();
  const definitions = new Map<PlatformKey, ApiDefinitionSource>();
  for (const [platform, { docebo, settings }] of Object.entries(config.platforms)) {
    const { baseUrl, budget, profile, additionalInputs } = docebo;
    const routeReads = routeReadsOf(settings.routing);
    const credentials = known(secrets.docebo[platform], 'credentials of platform', platform);
    const observer = observerOf?.('docebo', platform);
    const client = createDoceboClient({ baseUrl, credentials, profile, clock, budget, observer });
    clients.set(platform, client);
    const source = createTrainingSource({ platform, client, profile, clock, additionalInputs, routeReads });
    const lister = createSessionLister({ platform, client, profile, clock });
    sources.set(platform, source);
    sinks.set(platform, createAnswerSink({ platform, client, profile }));
    listers.set(platform, lister);
    looks.set(platform, {
      source,
      lister,
      skew: createClockSkew({ system: 'DOCEBO', url: `${baseUrl}/`, clock, fetch }),
      clock,
    });
    definitions.set(platform, createApiDefinitionSource({ client, baseUrl }));
    calls[`docebo/${platform}`] = () => client.calls();
  }

  return {
    settingsOf: (platform) => known(config.platforms[platform]?.settings, 'platform', platform),
    trainingSourceOf: (platform) => known(sources.get(platform), 'platform', platform),
    answerSinkOf: (platform) => known(sinks.get(platform), 'platform', platform),
    sessionListerOf: (platform) => known(listers.get(platform), 'platform', platform),
    answerSourceOf: (mailbox) => known(answers.get(mailbox), 'mailbox', mailbox),
    rsvpSettingsOf: (mailbox) => known(config.mailboxes[mailbox], 'mailbox', mailbox).rsvp,
    subscriptionsOf: (mailbox) => known(subscriptions.get(mailbox), 'mailbox', mailbox),
    storeOf: (mailbox) => known(stores.get(mailbox), 'mailbox', mailbox),
    doceboConnectOf: (platform, mailbox) =>
      heirOf(config, mailbox) === platform ? known(connects.get(mailbox), 'mailbox', mailbox) : null,
    doceboConnectIn: (mailbox) => known(connects.get(mailbox), 'mailbox', mailbox),
    isConnectOff: (platform) => config.platforms[platform]?.mayBeSwept === true,
    takesOver: (platform, mailbox) => heirOf(config, mailbox) === platform,
    platformLookOf: (platform) => known(looks.get(platform), 'platform', platform),
    mailboxInspectorOf: (mailbox) => known(inspectors.get(mailbox), 'mailbox', mailbox),
    apiDefinitionOf: (platform) => known(definitions.get(platform), 'platform', platform),
    mailSender: toMailSender(config, secrets, (mailbox) => known(graphs.get(mailbox), 'mailbox', mailbox)),
    calls: () => Object.fromEntries(Object.entries(calls).map(([name, read]) => [name, read()])),
    load: () => ({
      docebo: Object.fromEntries([...clients].map(([platform, client]) => [platform, client.load()])),
      graph: Object.fromEntries([...graphs].map(([mailbox, graph]) => [mailbox, graph.load()])),
    }),
  };
}

/**
 * The platform that takes over what Docebo Connect left in a mailbox: the one whose operator said that Docebo Connect is off. Its ids name no
 * platform, so that of two platforms in one mailbox neither does.
 */
function heirOf({ platforms }: Config, mailbox: MailboxKey): PlatformKey | null {
  const users = Object.entries(platforms).filter(([, { settings }]) => {
    const { defaultMailbox, routes } = settings.routing;
    return defaultMailbox === mailbox || routes.some((route) => route.mailbox === mailbox);
  });
  const [only] = users;
  return users.length === 1 && only?.[1].mayBeSwept === true ? only[0] : null;
}

function toMailSender(
  { notifications: { sender } }: Config,
  { smtpPassword }: Secrets,
  graphOf: (mailbox: MailboxKey) => GraphMailbox,
): MailSender {
  switch (sender?.by) {
    case 'graph':
      return createGraphMailSender({ graph: graphOf(sender.mailbox), keyPropertyId: calendarKeys.MAIL_PROPERTY_ID });
    case 'smtp':
      return createSmtpMailSender({ smtp: sender.smtp, password: smtpPassword });
    case undefined:
      // Only where nobody is named to be mailed: the digest then sends nothing.
      return {
        send: () => Promise.reject(new InvariantError('No sender of mails is set', { code: 'BUG_UNKNOWN_KEY' })),
      };
  }
}

const GRAPH_KEYS = {
  ...calendarKeys,
  sessionPropertyId: calendarKeys.SESSION_PROPERTY_ID,
  eventPropertyId: calendarKeys.EVENT_PROPERTY_ID,
};

/** Queues are named after the configuration's keys: another key reaches a process only by a mistake of ours. */
function known<T>(value: T | undefined, what: string, key: string): T {
  if (value !== undefined) return value;
  throw new InvariantError(`No ${what} "${key}" in this configuration`, { code: 'BUG_UNKNOWN_KEY' });
}
