import { createHash } from 'node:crypto';
import { CONSUMERS_TENANT } from '../../simulators/microsoft/entra/tenants';
import type { NewApp } from '../../simulators/microsoft/state/simulator-state';
import { playBrowser, playDevicePage } from '../support/play-browser';
import { MicrosoftRig, organizer } from './microsoft-rig';

interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly id_token: string;
  readonly scope: string;
  readonly error: string;
  readonly error_codes: number[];
}

const redirectUri = 'http://localhost:53214';
const verifier = 'v'.repeat(43);
const challenge = createHash('sha256').update(verifier).digest('base64url');
const scope = 'openid profile offline_access https://graph.microsoft.com/Calendars.ReadWrite';

let rig: MicrosoftRig;
beforeEach(async () => (rig = await MicrosoftRig.start()));
afterEach(() => rig.close());

function register(change: NewApp = {}): Promise<unknown> {
  const app = {
    clientId: 'desk',
    publicClient: true,
    redirectUris: ['http://localhost'],
    audience: 'AzureADMultipleOrgs',
  };
  return rig.control('POST', '/apps', { ...app, ...change });
}

function authorizeUrl(change: Record<string, string | undefined> = {}, tenant = 'organizations'): string {
  const fields = {
    client_id: 'desk',
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
    state: 's-1',
    nonce: 'n-1',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...change,
  };
  const query = new URLSearchParams(Object.entries(fields).filter((f): f is [string, string] => f[1] !== undefined));
  return `${rig.origin}/${tenant}/oauth2/v2.0/authorize?${query.toString()}`;
}

async function ask(form: Record<string, string>, tenant = 'organizations') {
  const response = await fetch(`${rig.origin}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: 'desk', ...form }),
  });
  return { status: response.status, body: (await response.json()) as TokenAnswer };
}

const codeForm = { grant_type: 'authorization_code', redirect_uri: redirectUri, code_verifier: verifier };

async function codeOf(change: Record<string, string | undefined> = {}): Promise<string> {
  const { location } = await playBrowser(authorizeUrl(change), { username: organizer });
  return location?.searchParams.get('code') ?? '';
}

async function signIn(change: Record<string, string | undefined> = {}): Promise<TokenAnswer> {
  return (await ask({ ...codeForm, code: await codeOf(change) })).body;
}

describe('signing in with a code', () => {
  test('leads back to the app with its state, on any port of this machine, and Graph then knows whose mailbox /me is', async () => {
    await register();

    const { location } = await playBrowser(authorizeUrl(), { username: organizer });
    expect(`${location?.origin}${location?.pathname}`).toBe('http://localhost:53214/');
    expect(location?.searchParams.get('state')).toBe('s-1');
    const { body } = await ask({ ...codeForm, code: location?.searchParams.get('code') ?? '' });

    expect(body.scope.split(' ')).toContain('https://graph.microsoft.com/Calendars.ReadWrite');
    const claims = JSON.parse(Buffer.from(body.id_token.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(claims).toMatchObject({ aud: 'desk', nonce: 'n-1', preferred_username: organizer, ver: '2.0' });
    rig.token = body.access_token;
    const calendar = await rig.graph<{ owner: { address: string } }>('GET', '/me/calendar');
    expect(calendar.body.owner.address).toBe(organizer);
  });

  test('can be declined, which the app is told', async () => {
    await register();

    const { location } = await playBrowser(authorizeUrl(), { username: organizer, answer: 'cancel' });

    expect(location?.searchParams.get('error')).toBe('access_denied');
    expect(location?.searchParams.get('error_description')).toMatch(/^AADSTS65004: /);
  });

  test.each<[string, NewApp, Record<string, string>, string, number]>([
    ['an address that is not registered', {}, { redirect_uri: 'http://evil.example' }, 'organizations', 50011],
    ['another path of this machine', {}, { redirect_uri: 'http://localhost:1/other' }, 'organizations', 50011],
    ['an app that is not there', {}, { client_id: 'nobody' }, 'organizations', 700016],
    ['an app of one tenant at /common', { audience: 'AzureADMyOrg' }, {}, 'common', 50194],
    ['an app for work at /consumers', {}, {}, 'consumers', 9002346],
    ['an app for personal accounts at /common', { audience: 'PersonalMicrosoftAccount' }, {}, 'common', 9002331],
    ['a proof key that is not S256', {}, { code_challenge_method: 'plain' }, 'organizations', 501491],
    ['a token instead of a code', {}, { response_type: 'token' }, 'organizations', 700054],
  ])('is refused on the page, and never by a redirect, for %s', async (_what, app, change, tenant, number) => {
    await register(app);

    const shown = await fetch(authorizeUrl(change, tenant), { redirect: 'manual' });

    expect(shown.status).toBe(400);
    expect(await shown.text()).toContain(`AADSTS${number}: `);
  });

  test('offers the accounts that belong to the endpoint, and refuses others', async () => {
    await register({ audience: 'AzureADandPersonalMicrosoftAccount' });
    await rig.control('POST', '/mailboxes', { address: 'jo@outlook.example', tenantId: CONSUMERS_TENANT });
    const pageOf = async (tenant: string) => (await fetch(authorizeUrl({}, tenant))).text();

    const [common, organizations, consumers] = await Promise.all(['common', 'organizations', 'consumers'].map(pageOf));

    const offers = [common, organizations, consumers].map((page) => [
      page?.includes(organizer),
      page?.includes('jo@outlook.example'),
    ]);
    expect(offers).toEqual([
      [true, true],
      [true, false],
      [false, true],
    ]);
    const foreign = await playBrowser(authorizeUrl({}, 'consumers'), { username: organizer });
    expect(foreign.page).toContain('AADSTS50020: ');
  });
});

describe('a code', () => {
  test('works once', async () => {
    await register();
    const code = await codeOf();
    await ask({ ...codeForm, code });

    const again = await ask({ ...codeForm, code });

    expect(again.body).toMatchObject({ error: 'invalid_grant', error_codes: [54005] });
  });

  test.each<[string, Record<string, string>, number]>([
    ['a wrong proof key', { code_verifier: 'w'.repeat(43) }, 501481],
    ['another redirect address', { redirect_uri: 'http://localhost:2' }, 500112],
    ['a secret, which a public client has not', { client_secret: 'secret-1' }, 700025],
    ['a code that nobody gave', { code: 'nonsense' }, 9002313],
  ])('is refused with %s', async (_what, change, number) => {
    await register();

    const { status, body } = await ask({ ...codeForm, code: await codeOf(), ...change });

    expect(status).toBeGreaterThanOrEqual(400);
    expect(body.error_codes).toEqual([number]);
  });

  test('is too old after ten minutes', async () => {
    await register();
    const code = await codeOf();
    await rig.control('POST', '/clock', { advanceMs: 600_001 });

    expect((await ask({ ...codeForm, code })).body.error_codes).toEqual([70008]);
  });

  test('of a web app is worth nothing without its secret', async () => {
    await register({ publicClient: false, clientSecret: 'web-secret' });
    const code = await codeOf();

    expect((await ask({ ...codeForm, code })).body.error_codes).toEqual([7000218]);
    expect((await ask({ ...codeForm, code, client_secret: 'web-secret' })).status).toBe(200);
  });
});

describe('a refresh token', () => {
  const refresh = (token: string, more: Record<string, string> = {}) =>
    ask({ grant_type: 'refresh_token', refresh_token: token, ...more });

  test('is given only with offline_access; each use gives a new one, and the old one goes on working', async () => {
    await register();
    expect((await signIn({ scope: 'openid https://graph.microsoft.com/Calendars.ReadWrite' })).refresh_token).toBe(
      undefined,
    );
    const { refresh_token: first } = await signIn();

    const second = await refresh(first);
    const third = await refresh(first);

    expect(second.status).toBe(200);
    expect(second.body.refresh_token).not.toBe(first);
    expect(third.status).toBe(200);
  });

  test('dies of age, counted from its own issue', async () => {
    await register();
    const { refresh_token: first } = await signIn();
    await rig.control('POST', '/clock', { advanceMs: 89 * 86_400_000 });
    const { body: renewed } = await refresh(first);
    await rig.control('POST', '/clock', { advanceMs: 2 * 86_400_000 });

    expect((await refresh(first)).body).toMatchObject({ error: 'invalid_grant', error_codes: [700082] });
    expect((await refresh(renewed.refresh_token)).status).toBe(200);
  });

  test('and the access tokens with it are worthless once the sessions are revoked', async () => {
    await register();
    const { refresh_token, access_token } = await signIn();

    await rig.control('POST', `/mailboxes/${organizer}/revoke`);

    expect((await refresh(refresh_token)).body).toMatchObject({ error: 'invalid_grant', error_codes: [50173] });
    rig.token = access_token;
    expect((await rig.graph('GET', '/me/calendar')).status).toBe(401);
  });

  test('gives no scope that was not accepted', async () => {
    await register();
    const { refresh_token } = await signIn();

    const more = await refresh(refresh_token, { scope: `${scope} https://graph.microsoft.com/Mail.Send` });

    expect(more.body).toMatchObject({ error: 'invalid_grant', error_codes: [65001] });
  });
});

describe('a device code', () => {
  interface DeviceAnswer {
    readonly device_code: string;
    readonly user_code: string;
    readonly verification_uri: string;
  }

  async function start(): Promise<DeviceAnswer> {
    const response = await fetch(`${rig.origin}/organizations/oauth2/v2.0/devicecode`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: 'desk', scope }),
    });
    return (await response.json()) as DeviceAnswer;
  }
  const poll = ({ device_code }: DeviceAnswer) => ask({ grant_type: 'device_code', device_code });

  test('waits until somebody has entered it and signed in', async () => {
    await register();
    const device = await start();
    expect((await poll(device)).body).toMatchObject({ error: 'authorization_pending', error_codes: [70016] });

    await playDevicePage(device.verification_uri, { code: device.user_code.toLowerCase(), username: organizer });

    const { status, body } = await poll(device);
    expect(status).toBe(200);
    expect(body.refresh_token).toEqual(expect.any(String));
    expect((await poll(device)).body.error).toBe('bad_verification_code');
  });

  test('ends when it is declined, and after its time', async () => {
    await register();
    const [declined, old] = [await start(), await start()];
    await playDevicePage(declined.verification_uri, {
      code: declined.user_code,
      username: organizer,
      answer: 'cancel',
    });
    expect((await poll(declined)).body.error).toBe('authorization_declined');

    await rig.control('POST', '/clock', { advanceMs: 900_001 });
    expect((await poll(old)).body.error).toBe('expired_token');
    const late = await playDevicePage(old.verification_uri, { code: old.user_code, username: organizer });
    expect(late.page).toContain('That code is not right');
  });

  test('is given to apps alone that allow public client flows', async () => {
    await register({ publicClient: false });

    expect(await start()).toMatchObject({ error: 'invalid_client', error_codes: [7000218] });
  });
});

describe('what a signed-in person may do', () => {
  const shared = 'rooms@academy.example';

  async function statusOf(scopes: string, path: string): Promise<number> {
    rig.token = (await signIn({ scope: `openid ${scopes}` })).access_token;
    return (await rig.graph('GET', path)).status;
  }

  beforeEach(async () => {
    await register();
    await rig.control('POST', '/mailboxes', { address: shared, delegates: [organizer] });
    await rig.control('POST', '/mailboxes', { address: 'private@academy.example' });
  });

  test.each([
    ['Calendars.ReadWrite', '/me/calendar', 200],
    ['Calendars.ReadWrite', `/users/${organizer}/calendar`, 200],
    ['Mail.Read', '/me/calendar', 403],
    ['Calendars.ReadWrite', `/users/${shared}/calendar`, 403],
    ['Calendars.ReadWrite.Shared', `/users/${shared}/calendar`, 200],
    ['Calendars.ReadWrite.Shared', '/me/calendar', 200],
    ['Calendars.ReadWrite.Shared', '/users/private@academy.example/calendar', 403],
  ])('with %s, %s answers %i', async (scopes, path, status) => {
    expect(await statusOf(scopes, path)).toBe(status);
  });
});
