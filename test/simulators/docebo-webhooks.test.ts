import { Receiver, seedSmall, startDocebo, type Harness } from './docebo-harness';

const SESSION = 'ilt.session.external_calendar.changed';
const EVENT = 'ilt.event.external_calendar.changed';

describe('Docebo simulator: webhooks for changes', () => {
  let docebo: Harness;
  let receiver: Receiver;
  let seed: Awaited<ReturnType<typeof seedSmall>>;

  beforeEach(async () => {
    docebo = await startDocebo();
    receiver = new Receiver();
    seed = await seedSmall(docebo.control);
  });
  afterEach(async () => {
    await docebo.close();
    await receiver.close();
  });

  async function subscribe(more: object = {}) {
    return docebo.control.addWebhook({ url: await receiver.listen(), ...more });
  }

  /** The events that a change fires, shortly: name and ids. */
  async function firedBy(change: () => Promise<unknown>): Promise<string[]> {
    receiver.received.length = 0;
    await change();
    await docebo.control.whenIdle();
    const ids = ['course_id', 'session_id', 'event_id', 'user_id', 'learning_plan_id'];
    return receiver.events.map(({ event, payload }) =>
      [event, ...ids.flatMap((id) => (payload[id] as number | undefined) ?? [])].join(' '),
    );
  }

  it('sends one message in the real form, with Basic credentials', async () => {
    const webhook = await subscribe({ credentials: { username: 'docebo', password: 's:crét' } });

    const { messageIds } = await docebo.control.run('update-session', { sessionId: seed.session.id, name: 'New' });
    expect(await docebo.control.whenIdle()).toBe(true);

    expect(receiver.bodies).toEqual([
      {
        message_id: messageIds[0],
        webhook_id: webhook.id,
        original_domain: 'academy.docebosaas.com',
        event: SESSION,
        fired_by_batch_action: false,
        payload: {
          fired_at: expect.stringMatching(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/) as unknown,
          course_id: seed.course.id,
          session_id: seed.session.id,
        },
      },
    ]);
    expect(messageIds[0]).toMatch(/^wh-\d{8}-\d{6}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(messageIds[0]).toHaveLength(55);
    expect(receiver.received[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from('docebo:s:crét').toString('base64')}`,
    });
  });

  it('fires "session changed" for changes of a session, its enrolments and its instructors', async () => {
    await subscribe({ grouping: false });
    const { control } = docebo;
    const sessionId = seed.session.id;
    const userIds = [seed.users[0]?.id as number];
    const changed = [`${SESSION} ${seed.course.id} ${sessionId}`];

    expect(await firedBy(() => control.run('update-session', { sessionId, rsvp: 'off' }))).toEqual(changed);
    expect(await firedBy(() => control.run('update-session', { sessionId, instructorIds: userIds }))).toEqual(changed);
    expect(await firedBy(() => control.run('enrol', { sessionId, userIds, status: 'waiting' }))).toEqual(changed);
    expect(await firedBy(() => control.run('promote', { sessionId, userIds }))).toEqual(changed);
    expect(await firedBy(() => control.run('unenrol', { sessionId, userIds }))).toEqual(changed);
    expect(await firedBy(() => control.run('cancel-session', { sessionId, reason: 'ill' }))).toEqual(changed);
    expect(await firedBy(() => control.run('restore-session', { sessionId }))).toEqual(changed);
    expect(await firedBy(() => control.run('delete-session', { sessionId }))).toEqual(changed);
  });

  it('fires "event changed" with all three ids for changes of an event', async () => {
    await subscribe({ grouping: false });
    const { control } = docebo;
    const sessionId = seed.session.id;
    const eventId = seed.events[0]?.id as number;
    const changed = (id: number) => [`${EVENT} ${seed.course.id} ${sessionId} ${id}`];
    const when = { date: '2027-04-01', timeBegin: '09:00', timeEnd: '10:00', timezone: 'America/Chicago' };

    expect(await firedBy(() => control.run('update-event', { eventId, ...when }))).toEqual(changed(eventId));
    expect(await firedBy(() => control.run('update-event', { eventId, classroomId: null }))).toEqual(changed(eventId));
    expect(
      await firedBy(() => control.run('update-event', { eventId, instructorIds: [seed.users[1]?.id as number] })),
    ).toEqual(changed(eventId));
    expect(await firedBy(() => control.run('add-event', { sessionId, ...when }))).toEqual(changed(eventId + 2));
    expect(await firedBy(() => control.run('remove-event', { eventId }))).toEqual(changed(eventId));
  });

  it('fires `course.updated` with its type for the properties of a course', async () => {
    await subscribe();

    await docebo.control.run('update-course', { courseId: seed.course.id, rsvp: false, name: 'Safety first' });
    await docebo.control.whenIdle();

    expect(receiver.events).toEqual([
      {
        event: 'course.updated',
        payload: {
          fired_at: expect.any(String) as unknown,
          update_date: expect.any(String) as unknown,
          course_id: seed.course.id,
          name: 'Safety first',
          code: 'SAFE',
          type: 'classroom',
          language: 'english',
          duration: 0,
          start_date: null,
          end_date: null,
        },
      },
    ]);
  });

  it('fires nothing when a user, a location or a classroom changes', async () => {
    await subscribe();
    const { control } = docebo;

    const fired = await firedBy(async () => {
      await control.run('update-user', { userId: seed.users[0]?.id as number, email: 'new@example.com' });
      await control.run('update-location', { locationId: seed.location.id, address: 'Via Milano 2' });
      await control.run('update-classroom', { classroomId: seed.classroom.id, seats: 3 });
    });

    expect(fired).toEqual([]);
  });

  it('fires the published events for webhooks that subscribe to them', async () => {
    const published = [
      'ilt.session.updated',
      'ilt.session.deleted',
      'course.enrollment.created',
      'course.enrollment.updated',
      'course.enrollment.deleted',
      'course.enrollment.completed',
      'course.deleted',
    ];
    await subscribe({ events: published, grouping: false });
    const { control } = docebo;
    const sessionId = seed.session.id;
    const userIds = [seed.users[0]?.id as number];

    await control.run('enrol', { sessionId, userIds });
    await control.run('complete-enrolment', { sessionId, userIds });
    await control.run('unenrol', { sessionId, userIds });
    await control.run('update-session', { sessionId, code: 'S-9' });
    await control.run('delete-session', { sessionId });
    await control.run('delete-course', { courseId: seed.course.id });
    await control.whenIdle();

    expect(receiver.events.map(({ event }) => event)).toEqual([
      'course.enrollment.created',
      'course.enrollment.completed',
      'course.enrollment.deleted',
      'ilt.session.updated',
      'ilt.session.deleted',
      'course.deleted',
    ]);
    expect(receiver.events[1]?.payload).toMatchObject({ level: 'learner', status: 'completed', course_name: 'Safety' });
    expect(receiver.events[3]?.payload).toMatchObject({
      session_id: sessionId,
      session_code: 'S-9',
      migrated_webinar_session_id: null,
    });
  });

  it('groups the events of one process, of one name, under `payloads`', async () => {
    await subscribe();

    await docebo.control.run('enrol', { sessionId: seed.session.id, userIds: seed.users.map((user) => user.id) });
    await docebo.control.whenIdle();

    expect(receiver.bodies).toHaveLength(1);
    expect(receiver.bodies[0]).toMatchObject({
      event: SESSION,
      fired_by_batch_action: true,
      fired_by_background_job_hash: expect.any(String) as unknown,
      payloads: Array.from({ length: 4 }, () => ({ session_id: seed.session.id })),
    });
    expect(receiver.bodies[0]).not.toHaveProperty('payload');
  });

  it('keeps a batch of commands together, and takes nothing over when one of them fails', async () => {
    await subscribe();
    const rename = (sessionId: number) => ({ command: 'update-session', args: { sessionId, name: 'Both' } }) as const;
    const other = (await docebo.control.run('create-session', { courseId: seed.course.id, name: 'Other' })).result;
    await docebo.control.whenIdle();
    receiver.received.length = 0;

    await docebo.control.batch([rename(seed.session.id), rename(other.id)]);
    await docebo.control.whenIdle();
    expect(receiver.bodies).toMatchObject([{ payloads: [{ session_id: seed.session.id }, { session_id: other.id }] }]);

    await expect(docebo.control.batch([rename(seed.session.id), rename(4)])).rejects.toThrow('there is no session 4');
    expect(await docebo.control.whenIdle()).toBe(true);
    expect(receiver.bodies).toHaveLength(1);
  });

  it('tells nobody of a silent change', async () => {
    await subscribe();

    const { messageIds } = await docebo.control.run(
      'update-session',
      { sessionId: seed.session.id, name: 'Silent' },
      { silent: true },
    );

    expect(messageIds).toEqual([]);
    expect((await docebo.get(`/course/v1/sessions/${seed.session.id}`)).data).toMatchObject({ name: 'Silent' });
  });

  it('starts a new webhook inactive, and sends nothing through it', async () => {
    const webhook = await subscribe({ active: false });

    await docebo.control.run('update-session', { sessionId: seed.session.id, name: 'A' });
    expect(await docebo.control.deliveries()).toEqual([]);
    await docebo.control.changeWebhook(webhook.id, { active: true });
    await docebo.control.run('update-session', { sessionId: seed.session.id, name: 'B' });

    await docebo.control.whenIdle();
    expect(receiver.bodies).toHaveLength(1);
  });

  it.each([
    [{ url: 'ftp://x' }, 'no payload URL'],
    [{ events: ['no.such.event'] }, 'there is no event "no.such.event"'],
    [{ events: Array.from({ length: 9 }, () => 'course.updated') }, 'at most 8 events'],
  ])('refuses a webhook that Docebo would refuse: %j', async (wrong, message) => {
    await expect(docebo.control.addWebhook({ url: 'http://127.0.0.1:1/', ...wrong })).rejects.toThrow(message);
  });

  it('has at most ten active webhooks', async () => {
    for (let i = 0; i < 10; i++) await docebo.control.addWebhook({ url: 'http://127.0.0.1:1/' });

    await expect(docebo.control.addWebhook({ url: 'http://127.0.0.1:1/' })).rejects.toThrow('10 webhooks are active');
  });
});
