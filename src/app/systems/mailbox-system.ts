import { DoceboConnectIndex } from '../../activities/calendar/docebo-connect-index';
import { createGraphAnswerSource } from '../../adapters/graph/answer-source';
import { createGraphCalendarStore } from '../../adapters/graph/calendar-store';
import { createGraphMailbox, mailboxRoot, type GraphMailbox } from '../../adapters/graph/client';
import { createMailboxInspector } from '../../adapters/graph/mailbox-inspector';
import { createGraphSubscriptions } from '../../adapters/graph/subscriptions';
import type { AccessTokens } from '../../adapters/graph/tokens/access-tokens';
import { createGraphTransactionLister } from '../../adapters/graph/transaction-lister';
import { createClockSkew } from '../../adapters/http/clock-skew';
import { parseDoceboConnectTransactionId } from '../../contract/calendar-keys';
import { graphQueue } from '../../contract/queues';
import type { MailboxInspector } from '../../domain/inspection/facts';
import type { MailboxKey } from '../../domain/model';
import type { AnswerSource, CalendarStore } from '../../domain/ports';
import type { Subscriptions } from '../../domain/rsvp/subscriptions';
import type { RsvpPollSettings } from '../../domain/settings';
import type { MailboxConfig } from '../config/config-types';
import { observedStore } from '../telemetry/observe-store';
import { notificationTargetOf } from '../worker/watch-settings';
import { GRAPH_KEYS } from './graph-keys';
import { heirOf } from './heir';
import { known } from './known';
import type { SystemsContext } from './systems-context';

/** Everything that Convoke does in one mailbox; all of it shares one client, and so the mailbox's limits. */
export interface MailboxSystem {
  readonly graph: GraphMailbox;
  readonly store: CalendarStore;
  readonly answers: AnswerSource;
  readonly rsvp: RsvpPollSettings;
  readonly subscriptions: Subscriptions;
  readonly connect: DoceboConnectIndex;
  readonly inspector: MailboxInspector;
}

export function createMailboxSystem(
  context: SystemsContext,
  {
    mailbox,
    settings,
    tokens,
  }: { readonly mailbox: MailboxKey; readonly settings: MailboxConfig; readonly tokens: AccessTokens },
): MailboxSystem {
  const { config, secrets, clock, telemetry, enter } = context;
  const { user, account, rsvp } = settings;
  const baseUrl = config.microsoft.graphBaseUrl;
  const graph = createGraphMailbox({
    mailbox,
    root: mailboxRoot(user),
    baseUrl,
    tokens,
    clock,
    enter: () => enter(graphQueue(mailbox)),
    observer: telemetry?.observerOf('graph', mailbox),
  });
  const address = user !== null && user.includes('@') ? user : null;
  const store = createGraphCalendarStore({ graph, keys: GRAPH_KEYS, address });
  const target = notificationTargetOf(config, secrets, mailbox);
  const applicationId = known(config.microsoft.accounts[account], 'account', account).clientId;
  const heir = heirOf(config, mailbox);
  const subscriptions = createGraphSubscriptions({
    graph,
    target: target === null ? null : { ...target, applicationId },
  });
  return {
    graph,
    store: telemetry === undefined ? store : observedStore(store, telemetry.metrics),
    answers: createGraphAnswerSource({
      graph,
      keys: GRAPH_KEYS,
      parseAdoptedTransactionId: (text) => {
        const parsed = parseDoceboConnectTransactionId(text);
        return heir === null || parsed === null ? null : { platform: heir, ...parsed };
      },
    }),
    rsvp,
    subscriptions,
    connect: new DoceboConnectIndex({ lister: createGraphTransactionLister(graph), clock }),
    inspector: createMailboxInspector({
      graph,
      graphOf: (other) => createGraphMailbox({ mailbox: 'another', root: mailboxRoot(other), baseUrl, tokens, clock }),
      tokens,
      keys: GRAPH_KEYS,
      subscriptions,
      skew: createClockSkew({ system: 'GRAPH', url: `${baseUrl}/v1.0/`, clock, fetch }),
      clock,
    }),
  };
}
