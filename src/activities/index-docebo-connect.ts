import type { IndexDoceboConnectInput, IndexDoceboConnectResult } from '../contract/scheduled';
import { InputError } from '../domain/errors';
import type { MailboxKey, PlatformKey } from '../domain/model';
import type { DoceboConnectIndex } from './calendar/docebo-connect-index';

export interface ConnectPorts {
  readonly doceboConnectIn: (mailbox: MailboxKey) => DoceboConnectIndex;
  /** Whether the settings say that Docebo Connect is off for this platform. */
  readonly isConnectOff: (platform: PlatformKey) => boolean;
  /** Whether this platform takes over what Docebo Connect left in this mailbox. */
  readonly takesOver: (platform: PlatformKey, mailbox: MailboxKey) => boolean;
}

/** On the queue of the mailbox, in the process that will be asked by the sessions' look-ups. */
export function createConnectActivities(ports: ConnectPorts) {
  return {
    /**
     * Pages once through the future of a calendar, before a backfill: so that no session's look-up has to, and that it is known to work.
     *
     * @throws InputError `INPUT_BACKFILL_DOCEBO_CONNECT | INPUT_BACKFILL_SHARED_MAILBOX` its events would not be taken over, so that
     * everybody on them would be invited twice.
     */
    async indexDoceboConnectEvents({ platform, mailbox }: IndexDoceboConnectInput): Promise<IndexDoceboConnectResult> {
      assertConnectIsOff({ platform, doceboConnectIsOff: true, isSetOff: ports.isConnectOff(platform) });
      const { sessions, events, calls } = await ports.doceboConnectIn(mailbox).refresh();
      if (events > 0 && !ports.takesOver(platform, mailbox)) {
        throw new InputError(
          `Mailbox ${mailbox} holds ${events} future events of Docebo Connect and is used by several platforms: whose they are is not told. Give each platform a mailbox of its own in convoke.yaml first.`,
          { code: 'INPUT_BACKFILL_SHARED_MAILBOX', context: { platform, mailbox, events } },
        );
      }
      return { sessions, events, graphCalls: calls };
    },
  };
}

/** Two writers would invite everybody twice; and what Docebo Connect left is taken over only where the settings say that it is off. */
export function assertConnectIsOff(told: {
  readonly platform: PlatformKey;
  readonly doceboConnectIsOff: boolean;
  readonly isSetOff: boolean;
}): void {
  const { platform } = told;
  const failure = { code: 'INPUT_BACKFILL_DOCEBO_CONNECT', context: { platform } };
  if (!told.doceboConnectIsOff) {
    throw new InputError(
      'Docebo Connect and Convoke would both invite everybody. Stop the recipes of Docebo Connect for this platform, then run the backfill again with --docebo-connect-is-off.',
      failure,
    );
  }
  if (!told.isSetOff) {
    throw new InputError(
      `Events of Docebo Connect are taken over only where the settings say that it is off. Set platforms.${platform}.doceboConnectIsOff: true in the worker's convoke.yaml, restart the worker, then run the backfill again.`,
      failure,
    );
  }
}
