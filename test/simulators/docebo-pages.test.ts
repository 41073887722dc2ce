import { Receiver, seedSmall, startDocebo, profileNamed, type Harness } from './docebo-harness';
import { createDoceboSimulator } from '../../simulators/docebo/server';

describe('Docebo simulator: pages', () => {
  let docebo: Harness;
  let seed: Awaited<ReturnType<typeof seedSmall>>;
  let sessionId: number;
  beforeEach(async () => {
    docebo = await startDocebo();
    seed = await seedSmall(docebo.control);
    sessionId = seed.session.id;
  });
  afterEach(() => docebo.close());

  async function page(path: string): Promise<string> {
    const answer = await fetch(`${docebo.url}${path}`);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    return answer.text();
  }

  /** Sends a form as a browser does, and follows to the page that it leads to. */
  async function submit(path: string, fields: readonly (readonly [string, string | number])[]): Promise<string> {
    const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, String(value)]));
    const answer = await fetch(`${docebo.url}${path}`, { method: 'POST', body, redirect: 'manual' });
    expect(answer.status).toBe(303);
    return page(answer.headers.get('location') as string);
  }

  const back = [':back', `/ui/sessions/1001`] as const;
  const truth = () => docebo.control.truth();

  it('lists the courses with their sessions', async () => {
    const html = await page('/');

    expect(html).toContain('<h2>Safety</h2>');
    expect(html).toContain(`href="/ui/sessions/${sessionId}">Spring Édition 1</a>`);
    expect(html).toContain('27–29 Mar 2027');
    expect(html).toContain('HQ · Room A');
    expect(html).toContain('0 of 30');
  });

  it('says what to do when there is nothing yet', async () => {
    await docebo.control.call('POST', 'reset');

    expect(await page('/')).toContain('No courses yet');
    expect(await page('/ui/plans')).toContain('No learning plans yet');
    expect(await page('/ui/people')).toContain('Nobody yet');
    expect(await page('/ui/places')).toContain('No locations yet');
    expect(await page('/ui/webhooks')).toContain('No webhooks yet');
    expect(await page('/ui/sessions/1001')).toContain('There is no such session');
  });

  it('escapes whatever people typed', async () => {
    const evil = `<script>alert("1")</script>&'`;
    const safe = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;';
    await docebo.control.run('update-session', { sessionId, name: evil, description: `</textarea>${evil}` });
    await docebo.control.run('update-user', { userId: seed.users[0]?.id as number, firstName: evil, email: evil });
    await docebo.control.run('update-location', { locationId: seed.location.id, name: evil });
    await docebo.control.run('cancel-session', { sessionId, reason: evil });
    await docebo.control.addWebhook({ url: 'http://127.0.0.1:1/', name: evil, active: false });

    for (const path of ['/', `/ui/sessions/${sessionId}`, '/ui/people', '/ui/places', '/ui/webhooks']) {
      const html = await page(`${path}?done=${encodeURIComponent(evil)}`);
      expect(html).toContain(safe);
      expect(html).not.toContain('alert("1")');
    }
  });

  it('enrols, promotes and unenrols', async () => {
    const [ada, grace] = seed.users.map((user) => user.id) as [number, number];
    const both = [back, ['sessionId:number', sessionId], ['userIds:numbers', ada], ['userIds:numbers', grace]] as const;
    await docebo.control.run('update-session', { sessionId, maxEnroll: 1 });

    await submit('/ui/do/enrol', both);
    expect((await truth()).enrolments).toMatchObject([
      { userId: ada, status: 'active' },
      { userId: grace, status: 'waiting' },
    ]);

    const html = await submit('/ui/do/promote', [back, both[1], ['userIds:numbers', grace]]);
    expect(html).toContain('2 of 1 seat');

    await submit('/ui/do/unenrol', both);
    expect((await truth()).enrolments).toEqual([]);
  });

  it('moves an event and changes its room', async () => {
    const eventId = seed.events[0]?.id as number;
    await submit('/ui/do/update-event', [
      back,
      ['eventId:number', eventId],
      ['date', '2027-05-01'],
      ['timeBegin:time', '10:00'],
      ['timeEnd:time', '11:30:00'],
      ['timezone', 'America/Chicago'],
    ]);
    await submit('/ui/do/update-event', [back, ['eventId:number', eventId], [':place', seed.location.id]]);

    expect((await truth()).events[0]).toMatchObject({
      startsAtUtc: '2027-05-01T15:00:00.000Z',
      endsAtUtc: '2027-05-01T16:30:00.000Z',
      locationId: seed.location.id,
      classroomId: null,
    });
  });

  it('switches invitations, cancels, restores and deletes a session', async () => {
    const session = ['sessionId:number', sessionId] as const;

    await submit('/ui/do/update-session', [back, session, ['rsvp', 'off']]);
    expect((await truth()).sessions[0]).toMatchObject({ rsvp: 'off', rsvpOn: false });
    const cancelled = await submit('/ui/do/cancel-session', [back, session, ['reason', 'Snow']]);
    expect(cancelled).toContain('Cancelled: Snow');
    expect(cancelled).toContain('Restore session');
    await submit('/ui/do/restore-session', [back, session]);
    expect((await truth()).sessions[0]?.status).toBe('active');
    await submit('/ui/do/delete-session', [[':back', '/'], session]);
    expect((await truth()).sessions).toEqual([]);
  });

  it('saves ticks that are taken away, and lists that become empty', async () => {
    await submit('/ui/do/update-course', [
      [':back', '/'],
      ['courseId:number', seed.course.id],
      ['rsvp:flag', 'off'],
      ['hideAttendees:flag', 'off'],
      ['hideAttendees:flag', 'on'],
    ]);
    await docebo.control.run('update-session', { sessionId, instructorIds: [seed.users[0]?.id as number] });
    await submit('/ui/do/update-session', [back, ['sessionId:number', sessionId], ['instructorIds:numbers', '']]);

    const { courses, sessions } = await truth();
    expect(courses[0]).toMatchObject({ rsvp: false, hideAttendees: true });
    expect(sessions[0]?.instructorIds).toEqual([]);
  });

  it('shows what was wrong with a form, and changes nothing', async () => {
    const html = await submit('/ui/do/enrol', [back, ['sessionId:number', sessionId]]);

    expect(html).toContain('class="note bad"');
    expect(html).toContain('must have required property');
    expect((await truth()).enrolments).toEqual([]);
  });

  it('leads nowhere else', async () => {
    const answer = await fetch(`${docebo.url}/ui/do/restore-session`, {
      method: 'POST',
      body: new URLSearchParams({ ':back': '//elsewhere.example/' }),
      redirect: 'manual',
    });

    expect(answer.headers.get('location')).toMatch(/^\/\?/);
  });

  it('sets a webhook up, shows its deliveries and sends one again', async () => {
    const receiver = new Receiver();
    const url = await receiver.listen();
    const created = await submit('/ui/webhooks', [
      ['name', 'Calendars'],
      ['url', url],
      ['username', 'docebo'],
      ['password', 'secret'],
      ['grouping', 'off'],
      ['grouping', 'on'],
      ['events', 'ilt.session.external_calendar.changed'],
    ]);
    expect(created).toContain('Inactive');
    expect(created).not.toContain('secret');
    expect(await submit('/ui/webhooks/1', [['active', 'on']])).toContain('>Active<');

    const { messageIds } = await docebo.control.run('update-session', { sessionId, name: 'Renamed' });
    await docebo.control.whenIdle();
    expect(await page('/ui/webhooks')).toContain('Ext Calendar ILT session changed');
    await submit(`/ui/deliveries/${messageIds[0]}/redeliver`, []);
    await docebo.control.whenIdle();

    expect(receiver.bodies).toHaveLength(2);
    await receiver.close();
  });

  it('holds deliveries and the API, and lets them go', async () => {
    const receiver = new Receiver();
    await docebo.control.addWebhook({ url: await receiver.listen() });
    expect(await submit('/ui/deliveries/hold', [])).toContain('Deliveries are on hold');
    expect(await submit('/ui/lag', [['mode', 'held']])).toContain('The API lags behind');
    const first = await docebo.control.run('update-session', { sessionId, name: 'One' });
    const second = await docebo.control.run('update-session', { sessionId, name: 'Two' });

    await submit('/ui/deliveries/release', [['order', 'reversed']]);
    await docebo.control.whenIdle();
    expect(receiver.bodies.map((body) => body.message_id)).toEqual([...second.messageIds, ...first.messageIds]);
    expect((await docebo.get(`/course/v1/sessions/${sessionId}`)).data.name).toBe('Spring Édition 1');
    await submit('/ui/lag', [['mode', 'none']]);
    expect((await docebo.get(`/course/v1/sessions/${sessionId}`)).data.name).toBe('Two');
    await receiver.close();
  });

  it('links each session to its workflow when it knows where that is', async () => {
    expect(await page('/')).not.toContain('/workflows/');
    const linked = createDoceboSimulator({
      profile: profileNamed('assumed-v1'),
      platform: 'acme',
      temporalUi: { url: 'http://127.0.0.1:8233', namespace: 'convoke' },
    });
    const url = await linked.listen();
    await fetch(`${url}/__control/state`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(await docebo.control.call('GET', 'state')),
    });

    for (const path of ['/', `/ui/sessions/${sessionId}`])
      expect(await (await fetch(`${url}${path}`)).text()).toContain(
        `href="http://127.0.0.1:8233/namespaces/convoke/workflows/session%2Facme%2F${sessionId}"`,
      );
    await linked.close();
  });
});
