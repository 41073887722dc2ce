import { MAILBOX, PLATFORM } from '../../chaos/world/settings';
import type { SessionState, CourseSessionInput } from '../../src/contract/messages';
import { WORKFLOWS } from '../../src/contract/messages';
import { sessionWorkflowId } from '../../src/contract/ids';
import { SESSIONS_QUEUE } from '../../src/contract/queues';
import { SEARCH_ATTRIBUTES as SA } from '../../src/contract/search-attributes';
import type { Pace } from '../../src/domain/settings';
import { copyEvent } from '../world/copy-event';
import type { WatchedWorld } from '../world/watched-world';
import { copyState, toCopy, withCopies, type CopyOf, type Model } from './many-sessions';

const STARTED_AT_ONCE = 16;

/**
 * Puts copies of a published session in place: in Docebo, in the calendar, and as workflows that begin as a run does after a roll-over. A
 * mailbox's quota alone would make 10,000 publications last 20 minutes.
 *
 * @returns workflows started a second; each has been run once by the worker when the next size is measured.
 */
export async function placeSessions(
  watched: WatchedWorld,
  { model, state, pace, count }: { model: Model; state: SessionState; pace: Pace; count: number },
): Promise<number> {
  const { docebo, microsoft } = watched.world;
  const copies = Array.from({ length: count }, (_, n) => toCopy(n));
  docebo.academy.replace(withCopies(docebo.academy.state, model, copies));
  const mailbox = microsoft.state.findMailbox(MAILBOX.address);
  const event = Object.values(microsoft.state.data.events).find(
    ({ mailboxId, transactionId }) => mailboxId === mailbox?.id && transactionId !== null,
  );
  if (event === undefined) throw new Error(`no event to copy in ${MAILBOX.address}`);
  const startedAt = Date.now();
  for (let n = 0; n < count; n += STARTED_AT_ONCE) {
    await Promise.all(
      copies.slice(n, n + STARTED_AT_ONCE).map((copy) => {
        const { sessionId, eventId, daysLater } = copy;
        const ref = { platform: PLATFORM, sessionId: String(sessionId), eventId: String(eventId) };
        const { id } = microsoft.state.events.add(copyEvent(event, ref, daysLater));
        return start(watched, copy, {
          platform: PLATFORM,
          sessionId: ref.sessionId,
          pace,
          state: copyState(state, copy, id),
        });
      }),
    );
  }
  return count / ((Date.now() - startedAt) / 1000);
}

async function start({ client }: WatchedWorld, { courseId }: CopyOf, input: CourseSessionInput): Promise<void> {
  await client.workflow.start(WORKFLOWS.courseSession, {
    workflowId: sessionWorkflowId(input),
    taskQueue: SESSIONS_QUEUE,
    args: [input],
    typedSearchAttributes: [
      { key: SA.platform, value: input.platform },
      { key: SA.session, value: input.sessionId },
      { key: SA.status, value: 'in_sync' },
      { key: SA.course, value: String(courseId) },
      { key: SA.mailbox, value: 'training' },
      { key: SA.startsAt, value: new Date(input.state?.startsAt ?? 0) },
    ],
  });
}
