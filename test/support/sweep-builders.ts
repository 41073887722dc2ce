import type { CourseRow, SessionRow } from '../../src/domain/sweep/session-row';
import type { InspectableState, SessionInspection, SessionStanding } from '../../src/domain/sweep/session-standing';
import { DEFAULT_SWEEP, type SweepSettings } from '../../src/domain/sweep/sweep-settings';
import { NOW } from './builders';

/** Builders of what a sweep reads: each gives something plausible, and takes what a test is about. */

export function aCourseRow(courseId: string, over: Partial<CourseRow> = {}): CourseRow {
  return { courseId, mayHaveSessions: true, rsvp: null, details: `course ${courseId}`, ...over };
}

/** Two events in a month, with twelve learners. */
export function aRow(over: Partial<SessionRow> = {}): SessionRow {
  return {
    sessionId: '54',
    courseId: '190',
    name: 'Forklifts',
    startsAt: '2026-06-01T07:00:00.000Z',
    endsAt: '2026-06-02T15:00:00.000Z',
    events: 2,
    enrolled: 12,
    waiting: 0,
    instructors: 1,
    length: 960,
    rsvp: null,
    details: '{}',
    ...over,
  };
}

export function aStanding(over: Partial<SessionStanding> = {}): SessionStanding {
  return { status: 'in_sync', courseId: '190', startedAt: '2026-04-01T00:00:00.000Z', ...over };
}

/** A workflow that knows what `aRow` tells. */
export function anInspection(over: Partial<SessionInspection> = {}): SessionInspection {
  return {
    position: 'on',
    busy: false,
    held: false,
    failingSince: null,
    lastPlanAt: NOW,
    startsAt: '2026-06-01T07:00:00.000Z',
    endsAt: '2026-06-02T15:00:00.000Z',
    events: 2,
    learners: 12,
    mailbox: 'training',
    ledger: { learners: 12, live: 2, ended: 0 },
    ...over,
  };
}

export function aState(over: Partial<InspectableState> = {}): InspectableState {
  return {
    position: 'on',
    inbox: { count: 0 },
    busy: false,
    held: null,
    failures: [],
    lastPlanAt: NOW,
    startsAt: null,
    endsAt: null,
    counts: { events: 0, learners: 0 },
    ledger: { people: {}, events: {}, mailbox: null },
    ...over,
  };
}

export function sweepSettings(over: Partial<SweepSettings> = {}): SweepSettings {
  return { ...DEFAULT_SWEEP, sampleSize: 0, ...over };
}
