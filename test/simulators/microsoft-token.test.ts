import { MicrosoftRig, organizer, type ErrorAnswer } from './microsoft-rig';

interface TokenAnswer {
  readonly access_token: string;
  readonly expires_in: number;
  readonly error: string;
  readonly error_description: string;
  readonly error_codes: number[];
}

const tenant = '6f1c2b5e-0c1d-4c86-9d2a-5d0f3f6f7a10';
const form = {
  grant_type: 'client_credentials',
  client_id: 'client-1',
  client_secret: 'secret-1',
  scope: 'https://graph.microsoft.com/.default',
};

describe('Entra token endpoint', () => {
  let rig: MicrosoftRig;
  beforeEach(async () => (rig = await MicrosoftRig.start()));
  afterEach(() => rig.close());

  async function ask(change: Partial<typeof form> = {}, tenantName = tenant) {
    const response = await fetch(`${rig.origin}/${tenantName}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({ ...form, ...change }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as TokenAnswer };
  }

  test('gives a token for a secret, by tenant id and by domain, and Graph accepts it', async () => {
    await rig.control('PATCH', '/knobs', { tokenExpiresInSeconds: 600 });

    const byId = await ask();
    const byDomain = await ask({}, 'academy.example');

    expect([byId.status, byDomain.status]).toEqual([200, 200]);
    expect(byId.body.expires_in).toBe(600);
    rig.token = byDomain.body.access_token;
    expect((await rig.graph('GET', 'calendar')).status).toBe(200);
  });

  test.each([
    ['a wrong secret', { client_secret: 'x' }, tenant, 401, 'invalid_client', 7000215],
    ['an unknown app', { client_id: 'x' }, tenant, 400, 'unauthorized_client', 700016],
    [
      'a scope that is not .default',
      { scope: 'https://graph.microsoft.com/Mail.Read' },
      tenant,
      400,
      'invalid_scope',
      1002012,
    ],
    ['another grant', { grant_type: 'password' }, tenant, 400, 'unsupported_grant_type', 70003],
    ['a tenant nobody knows', {}, 'nobody.example', 400, 'invalid_request', 90002],
  ])('refuses %s in the AADSTS shape', async (_what, change, tenantName, status, error, number) => {
    const refused = await ask(change, tenantName);

    expect(refused.status).toBe(status);
    expect(refused.body).toMatchObject({ error, error_codes: [number] });
    expect(refused.body.error_description).toMatch(
      new RegExp(`^AADSTS${number}: .+ Trace ID: .+ Correlation ID: .+ Timestamp: `),
    );
  });

  test('refuses an expired secret by its own number', async () => {
    await rig.control('PATCH', '/apps/client-1', { secrets: [{ value: 'secret-1', expired: true }] });

    expect((await ask()).body.error_codes).toEqual([7000222]);
  });

  test('publishes where its endpoints are', async () => {
    const response = await fetch(`${rig.origin}/${tenant}/v2.0/.well-known/openid-configuration`);

    const document = (await response.json()) as { token_endpoint: string; issuer: string };
    expect(document.token_endpoint).toBe(`${rig.origin}/${tenant}/oauth2/v2.0/token`);
    expect(document.issuer).toBe(`${rig.origin}/${tenant}/v2.0`);
  });

  test('fails on request: 429 and 503 with Retry-After, an answer that is no JSON, and silence', async () => {
    const match = 'oauth2/v2.0/token';
    await rig.control('POST', '/faults', { match, kind: 'status', status: 429, retryAfter: 7 });
    await rig.control('POST', '/faults', { match, kind: 'status', status: 503, retryAfter: 9 });

    const [first, second] = [await ask(), await ask()];
    expect([first.status, first.headers.get('retry-after')]).toEqual([429, '7']);
    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '9']);

    await rig.control('POST', '/faults', { match, kind: 'wrongJson' });
    await expect(ask()).rejects.toThrow(/not valid JSON/);

    await rig.control('POST', '/faults', { match, kind: 'hold', where: 'before' });
    const silent = ask();
    const held = await rig.control<object[]>('GET', '/holds?wait=5000');
    expect(held).toHaveLength(1);
    await rig.control('POST', '/holds/release');
    expect((await silent).status).toBe(200);
  });
});

describe('tokens and rights on Graph', () => {
  let rig: MicrosoftRig;
  beforeEach(async () => (rig = await MicrosoftRig.start()));
  afterEach(() => rig.close());

  async function codeOf(path: string): Promise<[number, string]> {
    const refused = await rig.graph<ErrorAnswer>('GET', path);
    return [refused.status, refused.body.error.code];
  }

  test('a token that is unknown, expired or revoked is refused with 401', async () => {
    const good = rig.token;
    rig.token = 'nonsense';
    expect(await codeOf('calendar')).toEqual([401, 'InvalidAuthenticationToken']);

    rig.token = good;
    await rig.control('POST', '/clock', { advanceMs: 3_600_000 });
    expect(await codeOf('calendar')).toEqual([401, 'InvalidAuthenticationToken']);

    rig.token = (await rig.control<{ accessToken: string }>('POST', '/tokens', { clientId: 'client-1' })).accessToken;
    expect((await rig.graph('GET', 'calendar')).status).toBe(200);
    await rig.control('DELETE', '/tokens?clientId=client-1');
    expect(await codeOf('calendar')).toEqual([401, 'InvalidAuthenticationToken']);
  });

  test('an app limited to some mailboxes, or without the permission, gets 403', async () => {
    await rig.control('POST', '/mailboxes', { address: 'other@academy.example' });
    await rig.control('PATCH', '/apps/client-1', { mailboxes: ['other@academy.example'] });
    expect(await codeOf('calendar')).toEqual([403, 'ErrorAccessDenied']);
    expect((await rig.graph('GET', '/users/other@academy.example/calendar')).status).toBe(200);

    await rig.control('PATCH', '/apps/client-1', { mailboxes: null, permissions: ['Mail.Send'] });
    expect(await codeOf('calendar')).toEqual([403, 'ErrorAccessDenied']);
  });

  test('a mailbox that is not there, or not on Exchange Online, gets 404', async () => {
    await rig.control('POST', '/mailboxes', { address: 'onprem@academy.example', restEnabled: false });

    expect(await codeOf('/users/nobody@academy.example/calendar')).toEqual([404, 'ErrorInvalidUser']);
    expect(await codeOf('/users/onprem@academy.example/calendar')).toEqual([404, 'MailboxNotEnabledForRESTAPI']);
  });

  test('/me needs a token that speaks for a mailbox', async () => {
    expect(await codeOf('/me/calendar')).toEqual([400, 'BadRequest']);

    const signedIn = await rig.control<{ accessToken: string }>('POST', '/tokens', {
      clientId: 'client-1',
      me: organizer,
    });
    rig.token = signedIn.accessToken;
    const mine = await rig.graph('GET', '/me/calendar');
    expect(mine.body).toMatchObject({ owner: { address: organizer } });
  });
});
