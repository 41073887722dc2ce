import type { Expectation, ExpectedEvent } from './expectation';
import { keyOf, type MailboxEvent } from './mailbox';

/**
 * What is wrong in the calendar, a sentence each.
 *
 * @param live the live events of the primary calendar; of those that are over by `now` (ISO, UTC) nothing is asked.
 */
export function calendarDifferences(expected: Expectation, live: readonly MailboxEvent[], now: string): string[] {
  const differences: string[] = [];
  const found = new Map<string, MailboxEvent[]>();
  for (const event of live) {
    const key = keyOf(event);
    if (key === null) differences.push(`"${event.subject}" stands in the calendar and is no event of Docebo's`);
    else found.set(key, [...(found.get(key) ?? []), event]);
  }
  for (const wanted of expected.events.values()) {
    const events = found.get(wanted.key) ?? [];
    if (events.length !== 1) differences.push(`event ${wanted.key}: ${events.length} in the calendar instead of one`);
    for (const event of events) differences.push(...eventDifferences(wanted, event));
  }
  for (const [key, events] of found) {
    const gone = events.filter((event) => event.endUtc > now);
    if (!expected.events.has(key) && gone.length > 0) differences.push(`event ${key}: must not be in the calendar`);
  }
  return differences;
}

function eventDifferences(wanted: ExpectedEvent, event: MailboxEvent): string[] {
  const at = `event ${wanted.key}:`;
  const differences: string[] = [];
  const times = ['startUtc', 'endUtc'] as const;
  for (const name of times) {
    if (Date.parse(event[name]) !== Date.parse(wanted[name]))
      differences.push(`${at} ${name} is ${event[name]} instead of ${wanted[name]}`);
  }
  const missing = wanted.place.filter((part) => !event.location.includes(part));
  if (missing.length > 0) differences.push(`${at} its place "${event.location}" lacks "${missing.join('", "')}"`);
  if (wanted.place.length === 0 && event.location !== '')
    differences.push(`${at} its place is "${event.location}" instead of none`);
  if (event.hideAttendees !== wanted.hidden)
    differences.push(`${at} its attendees are ${event.hideAttendees ? 'hidden' : 'shown'} and must not be`);
  const told = `${event.subject} ${event.body.replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))}`;
  for (const text of wanted.texts) {
    if (!told.includes(text) && !told.includes(text.replaceAll('&', '&amp;')))
      differences.push(`${at} its text does not say "${text}"`);
  }
  return [...differences, ...peopleDifferences(at, wanted.attendees, event)];
}

function peopleDifferences(at: string, wanted: readonly string[], event: MailboxEvent): string[] {
  const invited = event.attendees.map(({ address }) => address.toLowerCase());
  const differences: string[] = [];
  const missing = wanted.filter((address) => !invited.includes(address));
  const extra = invited.filter((address) => !wanted.includes(address));
  if (missing.length > 0) differences.push(`${at} not invited: ${list(missing)}`);
  if (extra.length > 0) differences.push(`${at} invited without a seat: ${list(extra)}`);
  if (new Set(invited).size < invited.length) differences.push(`${at} somebody is on it twice`);
  return differences;
}

/** The first few by name. */
export function list(items: readonly string[], limit = 4): string {
  const rest = items.length - limit;
  return rest > 0 ? `${items.slice(0, limit).join(', ')} and ${rest} more` : items.join(', ');
}
