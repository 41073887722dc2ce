import type { EventList, TenantProfile } from '../profile/profile';

/** Makes `event name -> what it means` by the profile's lists, exactly as they are written; undefined: an unknown event. */
export function createEventMatcher(events: TenantProfile['events']): (name: string) => EventList | undefined {
  const { matchSimilarNames = false, ...lists } = events;
  const known = new Map<string, EventList>();
  for (const [list, names] of Object.entries(lists) as [EventList, readonly string[]][]) {
    for (const name of names) known.set(name, list);
  }
  return (name) => known.get(name) ?? (matchSimilarNames ? matchSimilarName(name) : undefined);
}

/**
 * What a name looks like when the tenant's exact names are not known yet. An event is part of a session, so a name with both words means
 * the event.
 */
export function matchSimilarName(name: string): EventList | undefined {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const has = (...parts: string[]): boolean => parts.some((part) => plain.includes(part));
  if (has('extcalendar', 'externalcalendar') && has('ilt')) {
    if (has('event')) return 'eventChanged';
    if (has('session')) return 'sessionChanged';
  }
  if (has('learningplan') && has('enrol') && has('deleted', 'unenrolled')) return 'learningPlanUnenrolled';
  return undefined;
}
