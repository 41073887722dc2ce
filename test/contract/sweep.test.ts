import { ModelledSessions } from '../support/modelled-sessions';
import { DoceboRig, PROFILES, type ProfileName } from './docebo-rig';
import { RICH, SweepRig } from './sweep-rig';

const HOUR = 3_600_000;

let docebo: DoceboRig;
let sessions: ModelledSessions;
let rig: SweepRig;
let users: number[];
afterEach(() => docebo.close());

async function start(profile: ProfileName = 'assumed-v1'): Promise<void> {
  docebo = await DoceboRig.start({ profile, budget: RICH });
  sessions = new ModelledSessions(docebo.source, () => docebo.now());
  rig = new SweepRig(docebo, sessions);
  const people = Array.from({ length: 60 }, (_, i) => ({
    firstName: 'User',
    lastName: `${i}`,
    email: `user${i}@example.com`,
  }));
  users = docebo.run('create-users', { users: people }).map((user) => user.id);
}

/** A day so many days from now. */
function inDays(days: number): string {
  return new Date(Date.parse(docebo.now()) + days * 24 * HOUR).toISOString().slice(0, 10);
}

function times(date: string) {
  return { date, timeBegin: '09:00', timeEnd: '17:00', timezone: 'Europe/Rome' };
}

function addSession(courseId: number, days: number, learners = 5): number {
  const { id } = docebo.run('create-session', {
    courseId,
    name: `In ${days} days`,
    instructorIds: [users[59]!],
    events: [times(inDays(days)), times(inDays(days + 1))],
  });
  docebo.run('enrol', { sessionId: id, userIds: users.slice(0, learners), status: 'active' });
  return id;
}

function eventsOf(sessionId: number): number[] {
  const { events } = docebo.simulator.academy.state;
  return Object.values(events).flatMap((event) => (event.sessionId === sessionId ? [event.id] : []));
}

/** Repeatable chance: https://en.wikipedia.org/wiki/Lehmer_random_number_generator */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe.each(PROFILES)('when webhooks are lost, by %s', (profile) => {
  /** What an administrator does to a session. */
  const changes: ((sessionId: number, courseId: number, next: () => number) => void)[] = [
    (sessionId, _course, next) =>
      void docebo.run('enrol', { sessionId, userIds: [users[10 + Math.floor(next() * 40)]!], status: 'active' }),
    (sessionId) => {
      const [eventId] = eventsOf(sessionId);
      if (eventId !== undefined) docebo.run('update-event', { eventId, timeBegin: '08:00' });
    },
    (sessionId) => void docebo.run('add-event', { sessionId, ...times(inDays(60)) }),
    (sessionId) => {
      const events = eventsOf(sessionId);
      if (events.length > 1) docebo.run('remove-event', { eventId: events.at(-1)! });
    },
  ];

  it.each([1, 2])(
    'one sweep hints exactly the sessions that differ, and all seats are covered (chance %i)',
    async (seed) => {
      await start(profile);
      const next = chance(seed);
      const courseOf = new Map<number, number>();
      for (let course = 0; course < 4; course++) {
        const { id } = docebo.run('create-course', { name: `Course ${course}` });
        for (let i = 0; i < 6; i++) courseOf.set(addSession(id, 2 + i * 9), id);
      }
      for (const [id, courseId] of courseOf) await sessions.wake(String(id), String(courseId));
      await rig.sweep('all');
      expect(sessions.hinted).toEqual([]);
      docebo.advance(HOUR);

      let lost = 0;
      const deliver = async (sessionId: number): Promise<void> => {
        if (next() < 0.1) lost++;
        else await sessions.wake(String(sessionId), String(courseOf.get(sessionId)));
      };
      for (let i = 0; i < 80; i++) {
        const ids = [...courseOf.keys()];
        const sessionId = ids[Math.floor(next() * ids.length)]!;
        changes[i % changes.length]!(sessionId, courseOf.get(sessionId)!, next);
        await deliver(sessionId);
      }
      for (const courseId of new Set(courseOf.values())) {
        const created = addSession(courseId, 20);
        courseOf.set(created, courseId);
        await deliver(created);
        const [deleted] = [...courseOf].find(([, of]) => of === courseId)!;
        docebo.run('delete-session', { sessionId: deleted });
        await deliver(deleted);
      }
      const differing = [];
      for (const id of courseOf.keys()) if (await sessions.differs(String(id))) differing.push(String(id));
      docebo.advance(HOUR);

      const result = await rig.sweep('all');

      expect(lost).toBeGreaterThan(0);
      expect(differing.length).toBeGreaterThan(0);
      expect([...sessions.hinted].sort()).toEqual(differing.sort());
      expect(result).toMatchObject({ hinted: differing.length, finished: true });
      expect(result.coverage.covered).toBeLessThan(result.coverage.seats);

      await sessions.play();
      docebo.advance(HOUR);
      const healed = await rig.sweep('near');

      expect(healed.hinted).toBe(0);
      expect(healed.coverage).toMatchObject({
        covered: healed.coverage.seats,
        oldestGapSince: null,
        unknownSessions: 0,
      });
      for (const id of courseOf.keys()) expect(await sessions.differs(String(id))).toBe(false);
    },
  );
});

describe('a sweep of a platform', () => {
  async function one(over: { readonly rsvp?: boolean } = {}): Promise<{ courseId: number; sessionId: number }> {
    await start();
    const { id: courseId } = docebo.run('create-course', { name: 'Forklifts', ...over });
    const sessionId = addSession(courseId, 5);
    await sessions.wake(String(sessionId), String(courseId));
    await rig.sweep('all');
    docebo.advance(HOUR);
    return { courseId, sessionId };
  }

  it('finds that the course was switched on, and wakes its sessions', async () => {
    const { courseId, sessionId } = await one({ rsvp: false });
    await sessions.play();
    docebo.run('update-course', { courseId, rsvp: true });

    await rig.sweep('near');
    await sessions.play();

    expect([...sessions.sessions.keys()]).toEqual([String(sessionId)]);
    expect((await rig.sweep('near')).coverage).toMatchObject({ seats: 10, covered: 10 });
  });

  it('asks nothing of a session that is switched off, hour by hour', async () => {
    await one({ rsvp: false });
    await sessions.play();
    const before = rig.calls();

    for (let hour = 0; hour < 3; hour++) await rig.sweep('near');

    expect(sessions.hinted).toEqual([]);
    expect(rig.calls() - before).toBe(3 * 2);
  });

  it('finds a renamed session, and one whose text no list shows only by the sample', async () => {
    const { sessionId } = await one();
    docebo.run('update-session', { sessionId, name: 'Other' });
    const renamed = await rig.sweep('near');
    await sessions.play();
    docebo.run('update-session', { sessionId, description: 'Bring boots' });
    const silent = await rig.sweep('near');
    const sampled = await rig.sweep('near', { sampleSize: 5 });
    await sessions.play();

    expect([renamed, silent, sampled].map((r) => r.reasons)).toEqual([{ differs: 1 }, {}, { sample: 1 }]);
    expect(await sessions.differs(String(sessionId))).toBe(false);
  });

  it('hints from an incomplete list and forgets nobody', async () => {
    const { courseId, sessionId } = await one();
    const other = addSession(courseId, 6);
    await sessions.wake(String(other), String(courseId));
    await rig.sweep('near');
    docebo.run('update-session', { sessionId: other, name: 'Other' });
    docebo.oddity({ kind: 'missingItems', list: 'courseSessions', ofId: courseId, index: 0, count: 1 });

    const result = await rig.sweep('near');

    expect(sessions.hinted).toEqual([String(other)]);
    expect(Object.keys(rig.memory!.rows)).toEqual([String(sessionId), String(other)]);
    expect(result.unreadable).toEqual({ incomplete: 1 });
  });

  it('takes an empty list that says it is complete for evidence that sessions vanished, and leaves the proof to them', async () => {
    const { courseId, sessionId } = await one();
    docebo.oddity({ kind: 'emptyList', list: 'courseSessions', ofId: courseId, times: 1 });

    await rig.sweep('near');
    await sessions.play();

    expect([...sessions.sessions.keys()]).toEqual([String(sessionId)]);
    expect(await sessions.differs(String(sessionId))).toBe(false);
  });

  it('stops when Docebo asks to wait, with what it has', async () => {
    await one();
    docebo.fault({ match: 'GET /course/v1/courses/.+/sessions', kind: 'status', status: 429, retryAfter: 60 });

    expect(await rig.sweep('near')).toMatchObject({ stoppedBy: 'DOCEBO_THROTTLED', sessions: 1, finished: false });
  });

  it('leaves the hour’s last calls to sessions that have just changed', async () => {
    docebo = await DoceboRig.start({ budget: { callsPerHour: 1, burst: 20 } });
    sessions = new ModelledSessions(docebo.source, () => docebo.now());
    rig = new SweepRig(docebo, sessions);
    for (let i = 0; i < 30; i++) docebo.run('create-course', { name: `Course ${i}` });

    const result = await rig.sweep('all');

    // A fifth of 20 is kept, one call is the token's, one the list of courses.
    expect(result).toMatchObject({ stoppedBy: 'DOCEBO_BUDGET', coursesPlanned: 30, doceboCalls: 16 });
    expect(rig.calls()).toBeLessThanOrEqual(17);
  });
});
