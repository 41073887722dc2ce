import type { SessionRef } from '../../domain/model';
import { matchResponse } from '../../domain/rsvp/match-answers';
import { shifted } from '../../domain/rsvp/poll-window';
import type { MeetingResponse } from '../../domain/rsvp/ports';
import type { PollRun } from './poll-run';
import { linkForgotten, walkPages } from './walk-pages';

/** How far back the inbox is read when there is no link: the events themselves tell what is older. */
const LOOK_BACK_MS = 7 * 86_400_000;

export interface InboxRead {
  readonly link: string;
  readonly count: number;
  /** Responses that are dealt with once the sessions have been told. Without a session: there was nothing to tell. */
  readonly handled: readonly { readonly messageId: string; readonly session: SessionRef | null }[];
}

/** Meeting responses that came in since the last run. A forgotten link begins anew, a week back. */
export async function readInbox(run: PollRun, last: string | null): Promise<InboxRead> {
  const { source, now, onProgress } = run.given;
  const handled: { messageId: string; session: SessionRef | null }[] = [];
  let count = 0;
  const onPage = async (page: { readonly responses: readonly MeetingResponse[] }): Promise<void> => {
    for (const response of page.responses) {
      count++;
      const outcome = await observeResponse(run, response);
      if (outcome !== 'left') handled.push({ messageId: response.messageId, session: outcome });
    }
    onProgress();
  };
  const next = (link: string) => source.meetingResponses({ kind: 'link', link });
  const first = () => source.meetingResponses({ kind: 'since', at: shifted(now, -LOOK_BACK_MS) });
  const link =
    (last === null ? null : await walkPages({ first: () => next(last), next, onPage })) ??
    (await walkPages({ first, next, onPage }));
  if (link === null) throw linkForgotten(source.mailbox);
  return { link, count, handled };
}

/** Clears away what has been dealt with; a response to a session that has no workflow stays. */
export async function clearInbox(run: PollRun, handled: InboxRead['handled']): Promise<void> {
  const { source, settings, batch, onProgress } = run.given;
  const { after, folder } = settings.inbox;
  const done = handled.filter(({ session }) => session === null || !batch.isMissing(session));
  if (after === 'leave' || done.length === 0) return;
  const how =
    after === 'move'
      ? { kind: 'move' as const, folderId: await source.folderNamed(folder) }
      : { kind: 'delete' as const };
  for (const messageId of new Set(done.map((one) => one.messageId))) {
    await source.clearResponse(messageId, how);
    onProgress();
  }
}

/** `left`: not told which event it answers, so it stays where people see it. Null: it counts for nothing. */
async function observeResponse(run: PollRun, response: MeetingResponse): Promise<SessionRef | null | 'left'> {
  const { event } = response;
  if (response.isOutOfDate) return null;
  if (event === null) return 'left';
  if (event.isCancelled) return null;
  const answer = matchResponse(event, response, run.given.keyOf);
  if (answer === null) return null;
  const ref = await run.refOf(event);
  if (ref === null) return 'left';
  await run.given.batch.add(ref, event.graphEventId, [answer]);
  return { platform: ref.platform, sessionId: ref.sessionId };
}
