import { InputError } from '../../domain/errors';

/** Graph's documented limit of attendees an event (https://learn.microsoft.com/graph/api/resources/event). */
const MAX_ATTENDEES = 500;

/** @throws InputError `GRAPH_TOO_MANY_ATTENDEES` before Graph is called. `subject` is an id. */
export function assertSeats(count: number, subject: string): void {
  if (count <= MAX_ATTENDEES) return;
  throw new InputError(
    `Event ${subject} would have ${count} attendees, forwarded ones included; Graph allows ${MAX_ATTENDEES}. Split the session in Docebo.`,
    { code: 'GRAPH_TOO_MANY_ATTENDEES', context: { subject, count, limit: MAX_ATTENDEES } },
  );
}
