import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSystems } from '../../src/app/systems/systems';
import { DoctorRig, ORGANISER, OTHER } from './doctor-rig';

let rig: DoctorRig;
beforeEach(async () => {
  rig = await DoctorRig.start();
});
afterEach(() => rig.close());

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

function seed(timezone = 'Europe/Rome'): void {
  const run = (command: string, args: unknown) =>
    rig.docebo.academy.run([{ command, args }] as never)[0] as { readonly id: number };
  const course = run('create-course', { name: 'First aid', rsvp: true, type: 'classroom' });
  run('create-session', {
    courseId: course.id,
    name: 'Spring',
    instructorIds: [],
    maxEnroll: 10,
    events: [{ name: 'Day 1', date: inDays(7), timeBegin: '09:00', timeEnd: '17:00', timezone }],
  });
}

describe('Docebo', () => {
  it('is green when token, rights and a session are as they should be', async () => {
    seed();

    const access = await rig.run('docebo.access');
    const profile = await rig.run('docebo.profile');

    expect(access['docebo.token']).toMatchObject({ verdict: 'green', subject: 'academy' });
    expect(access['docebo.token']?.says).toContain('no worker polls its queue');
    expect(access['docebo.rights']).toMatchObject({
      verdict: 'green',
      says: expect.stringContaining('1 course') as string,
    });
    expect(profile['docebo.profile']).toMatchObject({ verdict: 'green' });
  });

  it('is red without a token, once, and says what to do', async () => {
    rig.env = { CONVOKE_DOCEBO_ACADEMY_CLIENT_SECRET: 'wrong' };

    const access = await rig.run('docebo.access');
    const profile = await rig.run('docebo.profile');

    expect(Object.keys(access)).toEqual(['docebo.token']);
    expect(access['docebo.token']).toMatchObject({
      verdict: 'red',
      says: expect.stringContaining('DOCEBO_TOKEN') as string,
    });
    expect(access['docebo.token']?.mend).not.toEqual([]);
    expect(profile).toEqual({});
  });

  it('is red when the user is no Superadmin', async () => {
    rig.docebo.tenant.changeSettings({ rights: { level: 'power_user' } });

    const found = await rig.run('docebo.access');

    expect(found['docebo.rights']).toMatchObject({ verdict: 'red' });
    expect(found['docebo.rights']?.mend.join()).toContain('Superadmin');
  });

  it('is red when the sampled session has read problems, and names the way to mend the profile', async () => {
    seed();
    rig.platform = { profile: 'assumed-v2' };

    const found = await rig.run('docebo.profile');

    expect(found['docebo.profile']).toMatchObject({ verdict: 'red' });
    expect(found['docebo.profile']?.mend.join()).toMatch(/profile probe|docs|Correct|endpoint/i);
  });

  it('is yellow without any session to try the profile on', async () => {
    expect((await rig.run('docebo.profile'))['docebo.profile']).toMatchObject({ verdict: 'yellow' });
  });

  it('tells zones that Exchange does not know', async () => {
    seed('Antarctica/Troll');

    const found = await rig.run('zones');

    expect(found['zones.runtime']).toMatchObject({ verdict: 'green' });
    expect(found['zones.docebo']).toMatchObject({
      verdict: 'yellow',
      says: expect.stringContaining('Troll') as string,
    });
  });
});

describe('clocks', () => {
  it('are green while they agree', async () => {
    const found = await rig.run('clock');

    expect(found['clock.docebo']).toMatchObject({ verdict: 'green' });
    expect(found['clock.microsoft']).toMatchObject({ verdict: 'green' });
  });
});

describe('the mailbox', () => {
  it('is green with its primary calendar, and yellow as long as no other mailbox was tried', async () => {
    const found = await rig.run('mailbox');

    expect(found['mailbox.calendar']).toMatchObject({ verdict: 'green' });
    expect(found['mailbox.no-other']).toMatchObject({ verdict: 'yellow' });
  });

  it('is red when another mailbox is readable', async () => {
    const found = await rig.run('mailbox', OTHER);

    expect(found['mailbox.no-other']).toMatchObject({ verdict: 'red' });
    expect(JSON.stringify(found)).not.toContain(OTHER);
  });

  it('is green when another mailbox is refused', async () => {
    const body = { error: { code: 'ErrorAccessDenied', message: 'Access is denied.' } };
    rig.microsoft.faults.arm({
      match: `^GET /v1.0/users/${encodeURIComponent(OTHER)}`,
      kind: 'status',
      status: 403,
      body,
      times: 0,
    });

    expect((await rig.run('mailbox', OTHER))['mailbox.no-other']).toMatchObject({ verdict: 'green' });
  });

  it('is yellow when the other mailbox does not exist: that proves nothing', async () => {
    expect((await rig.run('mailbox', 'nobody@academy.example'))['mailbox.no-other']).toMatchObject({
      verdict: 'yellow',
    });
  });

  it('is red, with the line for Exchange, when the app has no right to it', async () => {
    const body = { error: { code: 'ErrorAccessDenied', message: 'Access is denied.' } };
    rig.microsoft.faults.arm({ match: '/calendar\\?', kind: 'status', status: 403, body, times: 0 });

    const found = await rig.run('mailbox');

    expect(found['mailbox.calendar']).toMatchObject({ verdict: 'red' });
    expect(found['mailbox.calendar']?.mend.join()).toContain(`-Role 'Application Calendars.ReadWrite'`);
    expect(found['mailbox.calendar']?.mend.join()).toContain(`-Resource ${ORGANISER}`);
  });

  it('is red when its calendar is called otherwise than the settings say', async () => {
    rig.settings = { mailboxes: { training: { user: ORGANISER, calendarName: 'Courses' } } };

    expect((await rig.run('mailbox'))['mailbox.calendar-name']).toMatchObject({ verdict: 'red' });
  });

  it('has a token, and says where its secret tells when it ends', async () => {
    expect((await rig.run('microsoft'))['microsoft.token']).toMatchObject({
      verdict: 'green',
      says: expect.stringContaining(
        'Entra gives a token: no rights in it, as with RBAC for Applications; when its secret expires stands only in Entra, under Certificates & secrets',
      ) as string,
    });
  });

  it('tells once that there is no token', async () => {
    rig.env = { CONVOKE_MICROSOFT_CLIENT_SECRET: 'wrong' };

    expect((await rig.run('microsoft'))['microsoft.token']).toMatchObject({ verdict: 'red' });
    expect(await rig.run('mailbox')).toEqual({});
  });
});

describe('failure mails', () => {
  const notifications = { failureRecipients: ['desk@academy.example'], by: 'graph', mailbox: 'training' };

  it('are yellow when nobody is named', async () => {
    expect((await rig.run('notifications'))['notifications']).toMatchObject({ verdict: 'yellow' });
  });

  it('are green when the app may send, and nothing is sent', async () => {
    rig.settings = { notifications };

    expect((await rig.run('notifications'))['notifications']).toMatchObject({ verdict: 'green' });
    expect(rig.microsoft.state.data.outbox).toEqual([]);
  });

  it('are red when it may not', async () => {
    rig.settings = { notifications };
    const body = { error: { code: 'ErrorAccessDenied', message: 'Access is denied.' } };
    rig.microsoft.faults.arm({ match: 'sendMail', kind: 'status', status: 403, body, times: 0 });

    const found = await rig.run('notifications');

    expect(found['notifications']).toMatchObject({ verdict: 'red' });
    expect(found['notifications']?.mend.join()).toContain('Mail.Send');
  });
});

describe('the webhook', () => {
  async function serve(answer: (authorized: boolean) => number): Promise<() => Promise<void>> {
    const right = `Basic ${Buffer.from('docebo:webhook-password').toString('base64')}`;
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(answer(request.headers.authorization === right)).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    rig.settings = { api: { publicUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } };
    return () => new Promise((resolve) => void server.close(() => resolve()));
  }

  it('is yellow without a public address', async () => {
    expect((await rig.run('docebo.webhook'))['docebo.webhook']).toMatchObject({ verdict: 'yellow' });
  });

  it.each([
    ['green when strangers are refused and the credentials pass', (ok: boolean) => (ok ? 400 : 401), 'green', 'green'],
    ['red when the credentials are refused', () => 401, 'green', 'red'],
    ['red when strangers pass', () => 200, 'red', undefined],
    ['red when something else answers', () => 404, 'red', undefined],
  ])('is %s', async (_, answer, url, credentials) => {
    const close = await serve(answer);
    const found = await rig.run('docebo.webhook');
    await close();

    expect(found['docebo.webhook']?.verdict).toBe(url);
    expect(found['docebo.webhook-credentials']?.verdict).toBe(credentials);
    expect(JSON.stringify(found)).not.toContain('webhook-password');
  });

  it('is red when nothing answers', async () => {
    rig.settings = { api: { publicUrl: 'http://127.0.0.1:1' } };

    expect((await rig.run('docebo.webhook'))['docebo.webhook']).toMatchObject({ verdict: 'red' });
  });
});

describe('Temporal', () => {
  it('is one red line when it does not answer, and what needs it is left out', async () => {
    const found = await rig.run('');

    expect(found['temporal.reach']).toMatchObject({ verdict: 'red' });
    expect(Object.keys(found).some((name) => /^(workers|schedules|mailbox\.shared|keys)/.test(name))).toBe(false);
  });
});

describe('change notifications', () => {
  async function echoServer(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
    const server = createServer((request, response) => {
      request.resume();
      const token = new URL(request.url ?? '', 'http://here').searchParams.get('validationToken') ?? '';
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(token);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { url, close: () => new Promise((resolve) => void server.close(() => resolve())) };
  }

  it('are red without a subscription at Graph, and green with one', async () => {
    const { url, close } = await echoServer();
    rig.settings = { api: { publicUrl: url }, changeNotifications: { mode: 'on' } };
    const before = await rig.run('changes');
    const subscriptions = createSystems(rig.configuration()).subscriptionsOf('training');
    await subscriptions.create(subscriptions.wanted!, new Date(Date.now() + 86_400_000).toISOString());

    const after = await rig.run('changes');
    await close();

    expect(before['changes.subscription']).toMatchObject({
      verdict: 'red',
      says: expect.stringContaining('Microsoft has no subscription for this mailbox') as string,
    });
    // The simulated installation is not encrypted.
    expect(after['changes.address']).toMatchObject({ verdict: 'yellow' });
    expect(after['changes.subscription']).toMatchObject({ verdict: 'green' });
  });

  it('are not looked at while they are off', async () => {
    expect(await rig.run('changes')).toEqual({});
  });
});
