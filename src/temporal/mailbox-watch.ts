import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchWorkflowId } from '../contract/ids';
import type { WatchMailboxInput, WatchSettings } from '../contract/mailbox-watch';
import { SIGNALS, WORKFLOWS } from '../contract/messages';
import { SESSIONS_QUEUE } from '../contract/queues';
import { SEARCH_ATTRIBUTES as SA } from '../contract/search-attributes';
import type { MailboxKey } from '../domain/model';
import type { MailboxWatch, NotifiedSignal } from '../domain/rsvp/notifications';
import { byDeadline } from './by-deadline';
import { joinInFlight } from './join-in-flight';
import { toTemporalError } from './to-temporal-error';

/** Least time between two signals to one mailbox's workflow: notifications come in storms, and a caller waits twice this time at most. */
const BETWEEN_MS = 500;
const DEADLINE_MS = 10_000;

export interface MailboxWatchOptions {
  readonly client: Pick<Client, 'withDeadline'> & { readonly workflow: Pick<Client['workflow'], 'signalWithStart'> };
  readonly settings: WatchSettings;
  readonly betweenMs?: number;
}

/** One signal at a time for each mailbox, with everything that came in meanwhile. */
export function createMailboxWatch({ client, settings, betweenMs = BETWEEN_MS }: MailboxWatchOptions): MailboxWatch {
  const lastAt = new Map<MailboxKey, number>();
  const send = joinInFlight<{ readonly signal: NotifiedSignal; readonly deadlineMs: number }>(
    async (mailbox, asked) => {
      const signal: NotifiedSignal = {
        at: asked
          .map((a) => a.signal.at)
          .sort()
          .at(-1)!,
        changes: asked.reduce((sum, a) => sum + a.signal.changes, 0),
        lifecycle: [...new Set(asked.flatMap((a) => a.signal.lifecycle))],
      };
      const waitMs = (lastAt.get(mailbox) ?? 0) + betweenMs - Date.now();
      if (waitMs > 0) await sleep(waitMs);
      lastAt.set(mailbox, Date.now());
      const deadlineMs = Math.max(...asked.map((a) => a.deadlineMs));
      try {
        await byDeadline(client, deadlineMs, () => signalWatch(client, mailbox, settings, signal));
      } catch (error) {
        throw toTemporalError(error);
      }
    },
  );
  return { notified: ({ mailbox, signal, deadlineMs }) => send(mailbox, { signal, deadlineMs }) };
}

async function signalWatch(
  client: MailboxWatchOptions['client'],
  mailbox: MailboxKey,
  settings: WatchSettings,
  signal: NotifiedSignal | null,
): Promise<void> {
  const input: WatchMailboxInput = { mailbox, settings };
  await client.workflow.signalWithStart(WORKFLOWS.watchMailbox, {
    workflowId: watchWorkflowId(mailbox),
    taskQueue: SESSIONS_QUEUE,
    args: [input],
    ...(signal === null
      ? { signal: SIGNALS.watch, signalArgs: [settings] }
      : { signal: SIGNALS.notified, signalArgs: [signal] }),
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: `Change notifications of mailbox ${mailbox}`,
    typedSearchAttributes: [{ key: SA.mailbox, value: mailbox }],
  });
}

/**
 * Tells the mailbox's workflow the settings of a worker that starts. Without change notifications none is started; one that runs drops its
 * subscription and ends. Errors: `TEMPORAL_*`.
 */
export async function tellWatchSettings(client: Client, mailbox: MailboxKey, settings: WatchSettings): Promise<void> {
  try {
    await client.withDeadline(Date.now() + DEADLINE_MS, async () => {
      if (settings.on) return signalWatch(client, mailbox, settings, null);
      await client.workflow.getHandle(watchWorkflowId(mailbox)).signal(SIGNALS.watch, settings);
    });
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw toTemporalError(error);
  }
}
