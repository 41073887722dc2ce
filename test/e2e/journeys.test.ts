import { inDays, seedSession, Stack } from '../support/stack';

/**
 * The main job over real processes: webhook in, invitations out. Both tenant profiles pass the same journeys, so that no unpublished name
 * of Docebo's is built in.
 */
describe.each(['assumed-v1', 'assumed-v2'] as const)('profile %s', (profile) => {
  let stack: Stack;
  let seed: Awaited<ReturnType<typeof seedSession>>;

  beforeAll(async () => {
    stack = await Stack.open({ name: 'journeys', profile });
    seed = await seedSession(stack);
    await stack.start();
  });
  afterAll(() => stack.close());

  const learner = (n: number) => `learner${n}@academy.example`;
  const everybody = [1, 2, 3].map(learner).concat('tess@academy.example').sort();
  const sorted = (from: number) => stack.mails(from).sort();

  test('publish: one invitation a person and event, as Docebo has it', async () => {
    await stack.control.run('update-session', { sessionId: seed.session.id, name: 'Spring 2027' });
    await stack.settled(seed.session.id, (s) => s.lastChangeAt !== null);

    const calendar = stack.calendar();
    expect(calendar).toHaveLength(2);
    expect(calendar[0]).toMatchObject({
      startZone: 'W. Europe Standard Time',
      hideAttendees: false,
      allowNewTimeProposals: false,
    });
    expect(calendar[0]!.startUtc.slice(0, 10)).toBe(inDays(7));
    expect(calendar[0]!.locations.map((l) => l.displayName)).toEqual(['Room 2, HQ']);
    expect(calendar[0]!.subject).toContain('Spring 2027');
    expect(calendar[0]!.bodyHtml).toContain('First aid');
    expect(calendar.map((e) => e.attendees.map((a) => a.address).sort())).toEqual([everybody, everybody]);
    expect(sorted(0)).toEqual([...everybody, ...everybody].map((a) => `invitation ${a}`).sort());
  });

  test('an unchanged webhook costs no Graph call and no mail', async () => {
    const before = stack.mailCount();
    const calls = () => stack.microsoft.state.data.outbox.length;
    await fetch(`${stack.microsoftUrl}/__control/requests`, { method: 'DELETE' });
    const { messageIds } = await stack.control.run('update-session', { sessionId: seed.session.id, maxEnroll: 601 });
    expect(messageIds.length).toBeGreaterThan(0);

    await stack.settled(seed.session.id, (s) => s.journal.filter((j) => j.what === 'plan').length >= 3);

    const { requests } = (await (await fetch(`${stack.microsoftUrl}/__control/requests`)).json()) as {
      requests: unknown[];
    };
    expect(requests).toEqual([]);
    expect(calls()).toBe(before);
  });

  test('reschedule: the one event is changed, everybody on it is told once', async () => {
    const before = stack.mailCount();
    await stack.control.run('update-event', { eventId: seed.eventIds[1]!, date: inDays(9), timeBegin: '10:00' });
    await stack.settled(seed.session.id, (s) => s.journal.some((j) => j.what === 'updateContent'));

    expect(stack.calendar()[1]!.startUtc.slice(0, 10)).toBe(inDays(9));
    expect(sorted(before)).toEqual(everybody.map((a) => `update ${a}`));
  });

  test('enrol and drop: only who comes and who goes is mailed', async () => {
    const before = stack.mailCount();
    const { result } = await stack.control.run(
      'create-user',
      { firstName: 'New', lastName: 'Comer', email: 'new@academy.example' },
      { silent: true },
    );
    await stack.control.batch([
      { command: 'enrol', args: { sessionId: seed.session.id, userIds: [result.id] } },
      { command: 'unenrol', args: { sessionId: seed.session.id, userIds: [seed.learners[0]!.id] } },
    ]);
    await stack.settled(seed.session.id, (s) => s.ledger.people[String(result.id)] !== undefined);

    expect(sorted(before)).toEqual([
      `cancellation ${learner(1)}`,
      `cancellation ${learner(1)}`,
      'invitation new@academy.example',
      'invitation new@academy.example',
    ]);
  });

  test('a place on the waiting list is no seat; promotion is', async () => {
    const before = stack.mailCount();
    const { result } = await stack.control.run(
      'create-user',
      { firstName: 'Wanda', lastName: 'Waits', email: 'wanda@academy.example' },
      { silent: true },
    );
    await stack.control.run('enrol', { sessionId: seed.session.id, userIds: [result.id], status: 'waiting' });
    await stack.settled(seed.session.id);
    expect(stack.mails(before)).toEqual([]);

    await stack.control.run('promote', { sessionId: seed.session.id, userIds: [result.id] });
    await stack.settled(seed.session.id, (s) => s.ledger.people[String(result.id)] !== undefined);
    expect(stack.mails(before)).toEqual(['invitation wanda@academy.example', 'invitation wanda@academy.example']);
  });

  test("an event's own instructor attends that event alone", async () => {
    const before = stack.mailCount();
    const { result } = await stack.control.run(
      'create-user',
      { firstName: 'Ivo', lastName: 'Instructor', email: 'ivo@academy.example' },
      { silent: true },
    );
    await stack.control.run('update-event', { eventId: seed.eventIds[0]!, instructorIds: [result.id] });
    await stack.settled(seed.session.id, (s) => s.ledger.people[String(result.id)] !== undefined);

    expect(stack.mails(before)).toEqual(['invitation ivo@academy.example']);
  });

  test('a changed course text reaches every event of its sessions', async () => {
    const before = stack.mailCount();
    await stack.control.run('update-course', { courseId: seed.course.id, description: 'Bring <b>gloves</b>.' });
    await stack.settled(seed.session.id, (s) => s.journal.filter((j) => j.what === 'updateContent').length >= 3);

    expect(stack.calendar().every((e) => e.bodyHtml.includes('<b>gloves</b>'))).toBe(true);
    expect(stack.mails(before).every((m) => m.startsWith('update '))).toBe(true);
    expect(new Set(stack.mails(before)).size).toBe(6);
  });

  test('a webhook ahead of the API: the change arrives all the same', async () => {
    const before = stack.mailCount();
    await stack.control.settings({ lag: { mode: 'held' } } as never);
    await stack.control.run('unenrol', { sessionId: seed.session.id, userIds: [seed.learners[1]!.id] });
    await stack.control.whenIdle();
    const waiting = await stack.settled(seed.session.id).catch(() => null);
    void waiting;
    await stack.control.settings({ lag: { mode: 'none' } } as never);
    await stack.control.run('unenrol', { sessionId: seed.session.id, userIds: [seed.learners[2]!.id] });
    await stack.settled(seed.session.id, (s) => s.ledger.people[String(seed.learners[1]!.id)] === undefined);

    expect(sorted(before)).toEqual([2, 2, 3, 3].map((n) => `cancellation ${learner(n)}`));
  });

  test('a course switched off cancels at the next change of the session, and not before', async () => {
    const before = stack.mailCount();
    await stack.control.run('update-course', { courseId: seed.course.id, rsvp: false });
    await stack.settled(seed.session.id, (s) => s.position === 'course-off-waiting');
    expect(stack.mails(before)).toEqual([]);
    expect(stack.calendar()).toHaveLength(2);

    await stack.control.run('update-session', { sessionId: seed.session.id, description: 'A change' });
    await stack.handle(seed.session.id).result();
    expect(stack.calendar()).toEqual([]);
    expect(stack.mails(before).every((m) => m.startsWith('cancellation '))).toBe(true);
  });

  test('a session switched on for itself is sent anew, and its deletion withdraws it', async () => {
    await stack.control.run('update-session', { sessionId: seed.session.id, rsvp: 'on' });
    await stack.settled(seed.session.id, (s) => s.position === 'on' && s.lastChangeAt !== null);
    expect(stack.calendar()).toHaveLength(2);

    const before = stack.mailCount();
    await stack.control.run('delete-session', { sessionId: seed.session.id });
    await stack.handle(seed.session.id).result();
    expect(stack.calendar()).toEqual([]);
    expect(new Set(stack.mails(before).map((m) => m.split(' ')[0]))).toEqual(new Set(['cancellation']));
  });
});
