import { UpstreamError } from '../../domain/errors';
import type { EventRef, GraphEventId } from '../../domain/model';
import type { CalendarStore } from '../../domain/ports';

/**
 * Makes sure that an event is gone whose id was not found: one 404 is not evidence enough to invite everybody once more, or to leave a
 * cancelled event standing.
 *
 * @throws UpstreamError `GRAPH_UNAVAILABLE` when the calendar lists the event all the same.
 */
export async function assertGone(store: CalendarStore, ref: EventRef, graphEventId: GraphEventId): Promise<void> {
  const listed = await store.findByEvent(ref);
  if (!listed.some((event) => event.graphEventId === graphEventId && !event.isCancelled)) return;
  throw new UpstreamError(`Graph does not find event ${graphEventId}, and lists it`, {
    code: 'GRAPH_UNAVAILABLE',
    context: { graphEventId },
  });
}
