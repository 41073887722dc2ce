import type { DateTime } from 'luxon';
import type { AcademyState, Session, SessionEvent, Table } from '../academy/model';
import { endOf, startOf } from '../academy/times';
import type { Profile } from '../profile';
import type { TenantSettings } from '../tenant-settings';

/** What one API call reads from: the state that the caller may see now, and how the tenant writes it. */
export interface Reading {
  readonly state: AcademyState;
  readonly profile: Profile;
  readonly settings: TenantSettings;
}

export interface TimedEvent {
  readonly event: SessionEvent;
  readonly start: DateTime;
  readonly end: DateTime;
}

/** A session's events in order of time. */
export function eventsOf(state: AcademyState, sessionId: number): TimedEvent[] {
  return grouped(state.events, (event) => event.sessionId, sessionId)
    .map((event) => ({ event, start: startOf(event), end: endOf(event) }))
    .sort((a, b) => a.start.toMillis() - b.start.toMillis() || a.event.id - b.event.id);
}

export function sessionsOf(state: AcademyState, courseId: number): Session[] {
  return [...grouped(state.sessions, (session) => session.courseId, courseId)];
}

const groups = new WeakMap<object, Map<number, unknown[]>>();

/** Tables never change, they are replaced: each is sorted into groups once, so that lists of large academies stay quick. */
function grouped<T>(table: Table<T>, groupOf: (entity: T) => number, wanted: number): readonly T[] {
  let known = groups.get(table);
  if (known === undefined) {
    known = new Map();
    for (const entity of Object.values(table)) {
      const group = known.get(groupOf(entity));
      if (group === undefined) known.set(groupOf(entity), [entity]);
      else group.push(entity);
    }
    groups.set(table, known);
  }
  return (known.get(wanted) ?? []) as T[];
}
