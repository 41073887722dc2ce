import type { GraphEventId, Instant } from '../../domain/model';
import { matchAnswers } from '../../domain/rsvp/match-answers';
import { isSpent, watchedWindow } from '../../domain/rsvp/poll-window';
import type { AnsweredEvent, ChangesFrom, EventChanges } from '../../domain/rsvp/ports';
import type { PollRun } from './poll-run';
import { linkForgotten, walkPages } from './walk-pages';

export interface EventsRead {
  readonly deltaLink: string;
  readonly windowEndsAt: Instant;
  /** Everything was listed anew, because there was no link, it is forgotten, or its window is spent. */
  readonly full: boolean;
  /** Named as removed, and not seen since. */
  readonly removed: ReadonlySet<GraphEventId>;
}

/**
 * Walks what changed since the last run, then, if need be, through a whole new window: a spent window's last changes are read first, since
 * only they name what was removed.
 *
 * @throws UpstreamError `GRAPH_UNAVAILABLE` the service forgets links faster than they can be followed.
 */
export async function readEvents(
  run: PollRun,
  last: { readonly deltaLink: string | null; readonly windowEndsAt: Instant | null } | null,
): Promise<EventsRead> {
  const { now, settings } = run.given;
  const removed = new Set<GraphEventId>();
  const { deltaLink = null, windowEndsAt = null } = last ?? {};
  const link = deltaLink === null ? null : await walk(run, { kind: 'link', link: deltaLink }, removed);
  if (link !== null && windowEndsAt !== null && !isSpent(windowEndsAt, now, settings)) {
    return { deltaLink: link, windowEndsAt, full: false, removed };
  }
  const window = watchedWindow(now, settings);
  const fresh = await walk(run, { kind: 'window', ...window }, removed);
  if (fresh !== null) return { deltaLink: fresh, windowEndsAt: window.to, full: true, removed };
  throw linkForgotten(run.given.source.mailbox);
}

function walk(run: PollRun, from: ChangesFrom, removed: Set<GraphEventId>): Promise<string | null> {
  const { source, onProgress } = run.given;
  return walkPages({
    first: () => source.changedEvents(from),
    next: (link) => source.changedEvents({ kind: 'link', link }),
    async onPage(page: Omit<Extract<EventChanges, { kind: 'page' }>, 'kind' | 'link' | 'isLast'>) {
      for (const id of page.removed) removed.add(id);
      for (const event of page.events) {
        removed.delete(event.graphEventId);
        await observeEvent(run, event, from.kind === 'window');
      }
      for (const id of page.unread) {
        const event = await run.lookUp(id);
        if (typeof event !== 'string') await observeEvent(run, event, from.kind === 'window');
      }
      onProgress();
    },
  });
}

/** @param whole tell all its answers, however old. */
export async function observeEvent(run: PollRun, event: AnsweredEvent, whole: boolean): Promise<void> {
  run.changed.add(event.graphEventId);
  if (event.isCancelled) return;
  const answers = matchAnswers(event, run.given.keyOf);
  run.noteAnswers(answers);
  const told = whole ? answers : run.freshAmong(answers);
  if (told.length === 0) return;
  const ref = await run.refOf(event);
  if (ref !== null) await run.given.batch.add(ref, event.graphEventId, told);
}
