import type { DateTime } from 'luxon';
import type { AcademyState, Session, SessionEvent } from '../academy/model';
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
  return Object.values(state.events)
    .filter((event) => event.sessionId === sessionId)
    .map((event) => ({ event, start: startOf(event), end: endOf(event) }))
    .sort((a, b) => a.start.toMillis() - b.start.toMillis() || a.event.id - b.event.id);
}

export function sessionsOf(state: AcademyState, courseId: number): Session[] {
  return Object.values(state.sessions).filter((session) => session.courseId === courseId);
}
