import type { AcademyState, Course, Enrolment, Session, SessionEvent } from '../../simulators/docebo/academy/model';
import { emptyAcademy } from '../../simulators/docebo/academy/model';
import type { SessionHints } from '../../src/domain/ports';
import { FakeSessionHints } from '../fakes/fake-session-hints';
import { FakeSessionRegistry } from '../fakes/fake-session-registry';
import { anInspection, aStanding } from '../support/sweep-builders';
import { DoceboRig } from './docebo-rig';
import { RICH, SweepRig } from './sweep-rig';

/** What a sweep costs, counted by Docebo. The bounds are what was measured; a sweep that costs more has to say why. */

const DAY = 86_400_000;
const PER_COURSE = 20;
const LEARNERS = 15;
const EVENTS = 2;

/** As many e-learning courses as others; 20 sessions a course over a year, each with 2 days and 15 learners. */
function anAcademy(count: number, now: number): AcademyState {
  const at = new Date(now).toISOString();
  const empty = emptyAcademy();
  const courses: Record<number, Course> = {};
  const sessions: Record<number, Session> = {};
  const events: Record<number, SessionEvent> = {};
  const enrolments: Record<number, Enrolment[]> = {};
  for (let i = 0; i < (2 * count) / PER_COURSE; i++) courses[101 + i] = aCourse(101 + i, i % 2 === 0, at);
  for (let i = 0; i < count; i++) {
    const id = 1001 + i;
    sessions[id] = aSession(id, 101 + 2 * Math.floor(i / PER_COURSE), at);
    enrolments[id] = Array.from({ length: LEARNERS }, (_, n) => ({
      userId: 13_001 + n,
      status: 'active',
      completed: false,
      enrolledAt: at,
    }));
    // The same number of sessions in each week, the courses mixed.
    const start = now + DAY + ((i * 7919) % count) * ((365 * DAY) / count);
    for (let n = 0; n < EVENTS; n++) {
      const eventId = 50_001 + i * EVENTS + n;
      events[eventId] = anEvent(eventId, id, new Date(start + n * DAY).toISOString().slice(0, 10));
    }
  }
  return { ...empty, courses, sessions, events, enrolments };
}

function aCourse(id: number, classroom: boolean, at: string): Course {
  return {
    id,
    name: `Course ${id}`,
    code: `C-${id}`,
    type: classroom ? 'classroom' : 'elearning',
    description: '',
    shortDescription: '',
    language: 'english',
    category: 'General',
    rsvp: true,
    hideAttendees: false,
    isPublished: true,
    instructorIds: [],
    additionalFields: [],
    createdAt: at,
    updatedAt: at,
  };
}

function aSession(id: number, courseId: number, at: string): Session {
  return {
    id,
    courseId,
    name: `Session ${id}`,
    code: `S-${id}`,
    uid: `S${id}`,
    description: '',
    status: 'active',
    cancelReason: '',
    rsvp: 'inherit',
    hideAttendees: 'inherit',
    instructorIds: [],
    maxEnroll: 30,
    additionalFields: [],
    createdAt: at,
    updatedAt: at,
  };
}

function anEvent(id: number, sessionId: number, date: string): SessionEvent {
  return {
    id,
    sessionId,
    name: '',
    description: '',
    date,
    timeBegin: '09:00',
    timeEnd: '17:00',
    timezone: 'UTC',
    locationId: null,
    classroomId: null,
    webinarTool: null,
    webinarUrl: null,
    instructorIds: [],
  };
}

/** Every session has a workflow that knows it. */
function looksAfterAll(academy: AcademyState): FakeSessionRegistry & SessionHints {
  const registry = new FakeSessionRegistry();
  const times = new Map<number, string[]>();
  for (const { sessionId, date } of Object.values(academy.events)) {
    times.set(sessionId, [...(times.get(sessionId) ?? []), date]);
  }
  for (const { id, courseId } of Object.values(academy.sessions)) {
    const dates = times.get(id) ?? [];
    registry.standings.set(String(id), aStanding({ courseId: String(courseId) }));
    registry.inspections.set(
      String(id),
      anInspection({
        events: EVENTS,
        learners: LEARNERS,
        startsAt: `${dates[0]}T09:00:00.000Z`,
        endsAt: `${dates.at(-1)}T17:00:00.000Z`,
        ledger: { learners: LEARNERS, live: EVENTS, ended: 0 },
      }),
    );
  }
  const hints = new FakeSessionHints();
  return Object.assign(registry, { hint: hints.hint.bind(hints) });
}

const table = ['sessions  courses   full   near  near, 1 % changed  seats    memory'];
afterAll(() => void process.stdout.write(`\n${table.join('\n')}\n`));

// Calls of a full sweep, and the most of a near one.
test.each([
  [100, 6, 5],
  [1_000, 51, 40],
  [10_000, 505, 390],
])(
  'a sweep of %i sessions takes %i Docebo calls, of the near ones at most %i',
  async (count, fullCalls, nearCalls) => {
    const docebo = await DoceboRig.start({ budget: RICH });
    try {
      const academy = anAcademy(count, Date.parse(docebo.now()));
      docebo.simulator.academy.replace(academy);
      const temporal = looksAfterAll(academy);
      const rig = new SweepRig(docebo, temporal);
      const settings = { maxInspections: count };
      // Its renewal would be counted with one of the sweeps.
      docebo.settings({ tokens: { expiresInSeconds: 1_000_000 } });

      const first = await rig.sweep('all', settings);
      docebo.advance(3_600_000);
      const full = await costOf(rig, () => rig.sweep('all', settings));
      docebo.advance(3_600_000);
      const near = await costOf(rig, () => rig.sweep('near', settings));
      for (const id of Object.keys(academy.sessions).slice(0, count / 100)) {
        docebo.run('update-session', { sessionId: Number(id), name: 'Other' });
      }
      docebo.advance(3_600_000);
      const changed = await costOf(rig, () => rig.sweep('near', settings));

      const memory = JSON.stringify(rig.memory).length;
      const seats = count * LEARNERS * EVENTS;
      const cells = [full.calls, near.calls, changed.calls].map((n) => String(n).padStart(6));
      const courses = Object.keys(academy.courses).length;
      table.push(
        `${String(count).padStart(8)}  ${String(courses).padStart(7)} ${cells[0]} ${cells[1]}  ${cells[2]} + ${changed.result.expectedCalls}`.padEnd(
          52,
        ) + `${String(seats).padStart(6)}  ${Math.round(memory / 1000)} kB`,
      );

      expect(first).toMatchObject({ sessions: count, hinted: 0, finished: true });
      expect(full.result).toMatchObject({ hinted: 0, coverage: { seats, covered: seats } });
      expect(full).toMatchObject({ calls: fullCalls, result: { doceboCalls: fullCalls } });
      // By the time of day, a session more or less is near.
      expect(near.calls).toBeLessThanOrEqual(nearCalls);
      expect(near.result).toMatchObject({ doceboCalls: near.calls, hinted: 0 });
      expect(memory).toBeLessThan(count * 60 + 20_000);
    } finally {
      await docebo.close();
    }
  },
  300_000,
);

/** As Docebo counts. */
async function costOf<T>(
  rig: SweepRig,
  work: () => Promise<T>,
): Promise<{ readonly calls: number; readonly result: T }> {
  const before = rig.calls();
  const result = await work();
  return { calls: rig.calls() - before, result };
}

test('a budget that is too small for all courses gets round in some sweeps', async () => {
  const docebo = await DoceboRig.start({ budget: RICH });
  try {
    const academy = anAcademy(1_000, Date.parse(docebo.now()));
    docebo.simulator.academy.replace(academy);
    const rig = new SweepRig(docebo, looksAfterAll(academy));
    const costs: number[] = [];
    for (let sweep = 0; sweep < 4; sweep++) {
      const { doceboCalls, expectedCalls } = await rig.sweep('all', { maxCalls: 20, maxInspections: 1_000 });
      costs.push(doceboCalls + expectedCalls);
      docebo.advance(3_600_000);
    }

    expect(costs.every((calls) => calls <= 20)).toBe(true);
    expect(Object.keys(rig.memory!.rows)).toHaveLength(1_000);
    expect(rig.memory!.fullFrom).not.toBeNull();
  } finally {
    await docebo.close();
  }
});
