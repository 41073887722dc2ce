import type { GraphEventId } from '../../domain/model';
import type { PollRun } from './poll-run';
import { observeEvent } from './read-events';

/**
 * Looks after events that are said to be gone. The service says so, too, of events beyond the window that were merely touched: those are
 * read like any other. An event that is gone for good names no session: the sweep finds the gap.
 *
 * @returns how many are gone, of sessions that can be told.
 */
export async function verifyRemoved(run: PollRun, removed: Iterable<GraphEventId>): Promise<number> {
  const { source, batch, now } = run.given;
  let gone = 0;
  for (const id of removed) {
    const event = await run.lookUp(id);
    // What is over is not made anew.
    if (typeof event === 'string' || event.endsAt <= now) continue;
    if (!event.isCancelled && (await source.isInCalendar(event))) {
      await observeEvent(run, event, false);
      continue;
    }
    if (event.ref === null) continue;
    batch.addRemoved(event.ref, id);
    gone++;
  }
  return gone;
}
