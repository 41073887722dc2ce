import { ConflictError, NotFoundError } from '../../domain/errors';
import type { CalendarEvent, GraphEventId } from '../../domain/model';
import type { CalendarStore } from '../../domain/ports';

/** An answer that comes in between makes the etag stale; three in a row are no accident. */
const TRIES = 3;

/**
 * Reads the event and writes on that reading. When somebody else wrote in between (an attendee's answer does), reads and decides anew.
 *
 * @param write decides and writes with If-Match of the event that it is given.
 * @returns null when there is no such event, or a cancelled one.
 * @throws ConflictError `GRAPH_CONFLICT` after three stale readings.
 */
export async function withFreshEvent<T>(
  store: CalendarStore,
  graphEventId: GraphEventId,
  write: (event: CalendarEvent) => Promise<T>,
): Promise<T | null> {
  for (let attempt = 1; ; attempt++) {
    const event = await store.get(graphEventId);
    if (event === null || event.isCancelled) return null;
    try {
      return await write(event);
    } catch (error) {
      if (error instanceof NotFoundError) return null;
      if (!(error instanceof ConflictError) || attempt >= TRIES) throw error;
    }
  }
}
