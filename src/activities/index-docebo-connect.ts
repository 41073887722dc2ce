import type { IndexDoceboConnectInput, IndexDoceboConnectResult } from '../contract/scheduled';
import type { MailboxKey } from '../domain/model';
import type { DoceboConnectIndex } from './calendar/docebo-connect-index';

export interface ConnectPorts {
  readonly doceboConnectIn: (mailbox: MailboxKey) => DoceboConnectIndex;
}

/** On the queue of the mailbox, in the process that will be asked by the sessions' look-ups. */
export function createConnectActivities(ports: ConnectPorts) {
  return {
    /** Pages once through the future of a calendar, before a backfill: so that no session's look-up has to, and that it is known to work. */
    async indexDoceboConnectEvents({ mailbox }: IndexDoceboConnectInput): Promise<IndexDoceboConnectResult> {
      const { sessions, events, calls } = await ports.doceboConnectIn(mailbox).refresh();
      return { sessions, events, graphCalls: calls };
    },
  };
}
