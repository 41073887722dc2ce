import { Receiver, seedSmall, startDocebo } from './docebo-harness';

describe('Docebo simulator: state and control', () => {
  it('comes back from a saved state with its academy, webhooks, settings and queue', async () => {
    const receiver = new Receiver();
    const first = await startDocebo();
    const seed = await seedSmall(first.control);
    await first.control.addWebhook({ url: await receiver.listen() });
    await first.control.settings({ webhooks: { held: true } });
    await first.control.advanceClock(3_600_000);
    await first.control.run('enrol', { sessionId: seed.session.id, userIds: [seed.users[0]?.id as number] });
    const saved = await first.control.call('GET', 'state');
    const truth = await first.control.truth();
    await first.close();

    const second = await startDocebo();
    await second.control.call('PUT', 'state', saved);

    const { now, ...rest } = await second.control.truth();
    expect(rest).toEqual({ ...truth, now: undefined });
    expect(Date.parse(now)).toBeGreaterThanOrEqual(Date.parse(truth.now));
    await second.control.settings({ webhooks: { held: false } });
    await second.control.whenIdle();
    expect(receiver.bodies).toHaveLength(1);
    const next = (await second.control.run('create-session', { courseId: seed.course.id, name: 'Next' })).result;
    expect(next.id).toBe(seed.session.id + 1);
    await second.close();
    await receiver.close();
  });

  it('forgets everything on reset', async () => {
    const docebo = await startDocebo();
    await seedSmall(docebo.control);
    await docebo.control.addWebhook({ url: 'http://127.0.0.1:1/' });
    await docebo.control.settings({ lag: { mode: 'held' }, rights: { level: 'user' } });

    await docebo.control.call('POST', 'reset');

    expect(await docebo.control.truth()).toMatchObject({ courses: [], sessions: [], users: [] });
    expect(await docebo.control.webhooks()).toEqual([]);
    expect(await docebo.control.call('GET', 'settings')).toMatchObject({
      lag: { mode: 'none' },
      rights: { level: 'godadmin' },
    });
    await docebo.close();
  });

  it('tells the whole truth with instants in UTC and the effective switches', async () => {
    const docebo = await startDocebo();
    const seed = await seedSmall(docebo.control);
    await docebo.control.run('update-course', { courseId: seed.course.id, rsvp: false, hideAttendees: true });

    const truth = await docebo.control.truth();

    expect(truth.sessions[0]).toMatchObject({ rsvp: 'inherit', rsvpOn: false, attendeesHidden: true });
    expect(truth.events).toMatchObject([
      { timezone: 'Europe/Rome', startsAtUtc: '2027-03-27T08:00:00.000Z', endsAtUtc: '2027-03-27T16:00:00.000Z' },
      { timezone: 'Europe/Rome', startsAtUtc: '2027-03-28T22:30:00.000Z', endsAtUtc: '2027-03-29T02:00:00.000Z' },
    ]);
    await docebo.close();
  });

  describe('refuses with a reason', () => {
    it.each([
      ['fly', {}, 'there is no command "fly". Commands: create-user,'],
      ['create-course', { name: 'A', colour: 'red' }, 'must NOT have additional properties. Known arguments: id, name'],
      ['create-session', { courseId: 4, name: 'A' }, 'there is no course 4'],
      ['enrol', { sessionId: 4 }, "must have required property 'userIds'"],
      ['cancel-session', { sessionId: 1001, reason: '' }, 'must NOT have fewer than 1 characters'],
      ['restore-session', { sessionId: 1001 }, 'session 1001 is not cancelled'],
      ['unenrol', { sessionId: 1001, userIds: [13001] }, 'user 13001 is not enrolled in session 1001'],
      ['update-event', { eventId: 5001, timezone: 'Mars/Olympus' }, 'unknown time zone "Mars/Olympus"'],
      ['update-event', { eventId: 5001, date: '2027-02-30' }, '"2027-02-30 09:00-17:00" is no date and times'],
      ['update-event', { eventId: 5002, classroomId: 61 }, 'classroom 61 belongs to location 21'],
    ])('%s %j', async (command, args, message) => {
      const docebo = await startDocebo();
      await seedSmall(docebo.control);
      const before = await docebo.control.call('GET', 'state');

      await expect(docebo.control.call('POST', `academy/${command}`, args)).rejects.toThrow(message);

      expect(await docebo.control.call('GET', 'state')).toEqual(before);
      await docebo.close();
    });
  });
});
