import { playBrowser, playDevicePage } from '../support/play-browser';
import { eventually, ORGANIZER, seedSession, Stack } from '../support/stack';

/** Somebody signs in by the command, as a process, and the worker goes on in their mailbox; it never was restarted. */
describe('an account that somebody signs in to', () => {
  let stack: Stack;
  let seed: Awaited<ReturnType<typeof seedSession>>;

  beforeAll(async () => {
    stack = await Stack.open({ name: 'sign-in' });
    const [app] = Object.values(stack.microsoft.state.data.apps);
    Object.assign(app!, { publicClient: true, redirectUris: ['http://localhost'], audience: 'AzureADMultipleOrgs' });
    stack.moreEnvironment.CONVOKE_MICROSOFT_CLIENT_SECRET = '';
    stack.change(() => ({
      mailboxes: { training: { user: 'me' } },
      microsoft: {
        tenant: 'organizations',
        clientId: app!.clientId,
        account: { kind: 'delegated' },
        tokenEndpoint: `${stack.microsoftUrl}/{tenant}/oauth2/v2.0/token`,
        graphBaseUrl: stack.microsoftUrl,
      },
    }));
    seed = await seedSession(stack);
    await stack.start();
  });
  afterAll(() => stack.close());

  const codes = async () => (await stack.state(seed.session.id)).failures.map(({ code }) => code);
  const toSay = (what: string) =>
    eventually(
      async () => ((await codes().catch((): string[] => [])).includes(what) ? true : null),
      `the session to say ${what}`,
    );

  test('its sessions wait, and say who has to do what', async () => {
    const { result: organiser } = await stack.control.run('create-users', {
      users: [{ firstName: 'Training', lastName: 'Desk', email: ORGANIZER }],
    });
    await stack.control.run('enrol', { sessionId: seed.session.id, userIds: organiser.map(({ id }) => id) });

    await toSay('GRAPH_SIGN_IN');

    expect(stack.mails()).toEqual([]);
    const { exit, out } = await stack.convoke('accounts');
    expect(exit).toBe(1);
    expect(out).toMatch(/default +delegated +organizations +training +nobody/);
  });

  test('after "convoke login" the worker invites everybody from their mailbox, and never the organiser', async () => {
    let played: ReturnType<typeof playBrowser> | null = null;
    const done = await stack.watchedConvoke(['login', '--no-browser', '--json'], (err) => {
      const url = /^http\S+$/m.exec(err)?.[0];
      if (url === undefined || played !== null) return;
      played = playBrowser(url, { username: ORGANIZER });
      void played.then(({ location }) => fetch(location!));
    });
    expect(done.err).toContain('for: Calendars.ReadWrite.');
    expect([done.exit, JSON.parse(done.out)]).toMatchObject([0, { account: 'default', username: ORGANIZER }]);

    await stack.settled(seed.session.id, (s) => s.lastChangeAt !== null);

    const invited = [1, 2, 3]
      .map((n) => `learner${n}@academy.example`)
      .concat('tess@academy.example')
      .sort();
    expect(stack.calendar().map((e) => e.attendees.map((a) => a.address).sort())).toEqual([invited, invited]);
    expect(stack.mails().some((mail) => mail.includes(ORGANIZER))).toBe(false);
    expect(Object.values(stack.microsoft.state.data.consents)).toEqual([
      expect.not.arrayContaining(['Mail.Read', 'Mail.Send']),
    ]);
  });

  test('a revoked sign-in is told, and the next one, by a device code, makes up for it', async () => {
    await fetch(`${stack.microsoftUrl}/__control/mailboxes/${ORGANIZER}/revoke`, { method: 'POST' });
    await stack.control.run('update-event', { eventId: seed.eventIds[0]!, timeBegin: '10:00' });
    await toSay('GRAPH_SIGN_IN');

    let played = false;
    const done = await stack.watchedConvoke(['login', '--device-code'], (err) => {
      const [, url, code] = /Open (\S+) in any browser and enter the code (\S+)/.exec(err) ?? [];
      if (url === undefined || code === undefined || played) return;
      played = true;
      void playDevicePage(url, { code, username: ORGANIZER });
    });
    expect(done.exit).toBe(0);

    await stack.settled(seed.session.id, (s) => s.journal.some((j) => j.what === 'updateContent'));
    expect(stack.calendar()[0]?.startUtc.slice(11, 13)).toMatch(/08|09/);
  });

  test('neither log nor the session’s state names who signed in, or tells a token', async () => {
    const log = stack.log();
    const state = JSON.stringify(await stack.state(seed.session.id));

    expect(log).toContain('GRAPH_SIGN_IN');
    const { tokens, refreshTokens } = stack.microsoft.state.data;
    for (const secret of [ORGANIZER, ...Object.keys(tokens), ...Object.keys(refreshTokens)]) {
      expect(log).not.toContain(secret);
      expect(state).not.toContain(secret);
    }
  });
});
