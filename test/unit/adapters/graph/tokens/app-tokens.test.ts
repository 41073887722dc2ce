import type { AccessTokens } from '../../../../../src/adapters/graph/tokens/access-tokens';
import { createAppTokens } from '../../../../../src/adapters/graph/tokens/app-tokens';
import { delegatedScopes, graphScope } from '../../../../../src/adapters/graph/tokens/scopes';
import type { AppError } from '../../../../../src/domain/errors';
import { ManualClock, StubServer, rejection, type StubAnswer } from '../stub-server';

const settingNames = { tenantId: 'TENANT', clientId: 'CLIENT', credential: 'SECRET' };
const HOUR = 3_599;

let stub: StubServer;
beforeEach(async () => (stub = await StubServer.start()));
afterEach(() => stub.stop());

function tokens(
  over: {
    timeoutMs?: number;
    tenantId?: string;
    loginUrl?: string;
    clock?: ManualClock;
    secrets?: readonly string[];
  } = {},
): AccessTokens {
  const tenantId = over.tenantId ?? 'academy.example';
  return createAppTokens({
    tenantId,
    clientId: 'client-1',
    credential: { kind: 'secret', secrets: over.secrets ?? ['secret-1'] },
    loginUrl: over.loginUrl ?? 'https://login.microsoftonline.com',
    scope: 'https://graph.microsoft.com/.default',
    tokenEndpoint: `${stub.origin}/${tenantId}/oauth2/v2.0/token`,
    settingNames,
    clock: over.clock ?? { now: () => new Date() },
    fetch,
    timeoutMs: over.timeoutMs,
  });
}

function aToken(text: string, expires_in = HOUR): StubAnswer {
  return { body: { token_type: 'Bearer', expires_in, ext_expires_in: expires_in, access_token: text } };
}

function refusal(error: string, number: number, status = 401): StubAnswer {
  return {
    status,
    body: { error, error_description: `AADSTS${number}: text`, error_codes: [number], correlation_id: 'c-1' },
  };
}

describe('tokens of an app', () => {
  it('come from the given endpoint, with the form that Entra takes', async () => {
    stub.answer(aToken('T1'));

    await expect(tokens().get()).resolves.toBe('T1');

    expect(stub.seen[0]?.url).toMatch(/^\/academy\.example\/oauth2\/v2\.0\/token/);
    expect(Object.fromEntries(new URLSearchParams(stub.seen[0]?.body))).toMatchObject({
      grant_type: 'client_credentials',
      client_id: 'client-1',
      client_secret: 'secret-1',
      scope: 'https://graph.microsoft.com/.default',
    });
  });

  it('are asked for once for all callers, and kept', async () => {
    stub.answer(aToken('T1'));
    const source = tokens();

    const given = await Promise.all(Array.from({ length: 20 }, () => source.get()));

    expect(new Set(given)).toEqual(new Set(['T1']));
    await source.get();
    expect(stub.seen).toHaveLength(1);
    expect(source.calls()).toBe(1);
  });

  it('are renewed when five minutes are left', async () => {
    const clock = new ManualClock(Date.now());
    stub.answer(aToken('T1'), aToken('T2'));
    const source = tokens({ clock });
    await source.get();

    clock.advance((HOUR - 299) * 1000);

    await expect(source.get()).resolves.toBe('T1');
  });

  it('are not given again once Graph refused them, and are asked for once for all who were refused', async () => {
    stub.answer(aToken('T1'), aToken('T2'));
    const source = tokens();
    await source.get();

    const fresh = await Promise.all([source.get({ refused: 'T1' }), source.get({ refused: 'T1' })]);

    expect(fresh).toEqual(['T2', 'T2']);
    await expect(source.get({ refused: 'T1' })).resolves.toBe('T2');
    expect(stub.seen).toHaveLength(2);
  });

  it.each<[string, StubAnswer]>([
    ['answers 503', { status: 503 }],
    ['resets the connection', { does: 'reset' }],
    ['answers no JSON', { status: 200, body: '<html>' }],
    ['asks to wait', { status: 429, headers: { 'retry-after': '30' } }],
  ])('last while the endpoint %s, as long as a minute is left', async (_what, answer) => {
    stub.answer(aToken('T1', 200), answer);
    const source = tokens();
    await source.get();

    await expect(source.get()).resolves.toBe('T1');
    expect(stub.seen).toHaveLength(2);
  });

  it.each<[number, string, string]>([
    [7000215, 'invalid_client', "the client secret is wrong: put the secret's value (not its id) into SECRET"],
    [
      7000222,
      'invalid_client',
      'the client secret has expired: create a new one for the app and put its value into SECRET',
    ],
    [700016, 'unauthorized_client', 'the tenant does not know the app: check CLIENT and TENANT'],
    [90002, 'invalid_request', 'there is no such tenant in this cloud: check TENANT'],
    [1002012, 'invalid_scope', 'the token scope does not belong to Graph: check the Graph base URL'],
    [4711, 'invalid_grant', 'look the code up, and check TENANT, CLIENT and SECRET'],
  ])('AADSTS%i says what to mend', async (number, error, remedy) => {
    stub.answer(refusal(error, number));

    const thrown = await rejection<AppError>(tokens().get());

    expect(thrown).toMatchObject({ kind: 'access', code: 'GRAPH_TOKEN' });
    expect(thrown.message).toBe(`Microsoft Entra gives the app no token (AADSTS${number}): ${remedy}`);
  });

  it('name the setting when the tenant is none', async () => {
    const thrown = await rejection<AppError>(tokens({ tenantId: 'common' }).get());

    expect(thrown.code).toBe('GRAPH_TOKEN');
    expect(thrown.message).toContain("TENANT must name one tenant, not 'common'");
    expect(stub.seen).toHaveLength(0);
  });

  it('name the setting when the login URL is not secure', async () => {
    const thrown = await rejection<AppError>(tokens({ loginUrl: 'http://login.example' }).get());

    expect(thrown.message).toBe(
      'Microsoft Entra gives the app no token (authority_uri_insecure): the login URL must begin with https://',
    );
  });

  it.each<[string, StubAnswer, string]>([
    ['500', { status: 500 }, 'ENTRA failed (500'],
    ['503 temporarily_unavailable', refusal('temporarily_unavailable', 90033, 503), 'ENTRA failed (503 90033)'],
    ['a reset', { does: 'reset' }, 'ENTRA: no answer to POST /oauth2/v2.0/token'],
    ['no JSON', { status: 200, body: '<html>' }, 'ENTRA: no answer to POST /oauth2/v2.0/token'],
    ["a proxy's 403 page", { status: 403, body: '<html>' }, 'ENTRA failed (502'],
  ])('are not to be had for a while after %s', async (_what, answer, message) => {
    stub.answer(answer);

    const thrown = await rejection<AppError>(tokens().get());

    expect(thrown).toMatchObject({ kind: 'upstream', code: 'ENTRA_UNAVAILABLE' });
    expect(thrown.message).toContain(message);
  });

  it('do not wait for an endpoint that hangs', async () => {
    stub.answer({ does: 'hang' });

    const thrown = await rejection<AppError>(tokens({ timeoutMs: 50 }).get());

    expect(thrown).toMatchObject({ kind: 'upstream', code: 'ENTRA_UNAVAILABLE' });
  });

  it('are not asked for while Entra asked to wait, and are right after', async () => {
    const clock = new ManualClock(Date.now());
    const source = tokens({ clock });
    stub.answer({ ...refusal('too_many_requests', 90055, 429), headers: { 'retry-after': '30' } }, aToken('T1'));

    await expect(rejection(source.get())).resolves.toMatchObject({ code: 'ENTRA_THROTTLED', retryAfterMs: 30_000 });
    clock.advance(29_000);
    const thrown = await rejection<AppError>(source.get());
    expect(thrown).toMatchObject({ code: 'ENTRA_THROTTLED', retryAfterMs: 1_000 });
    expect(thrown.message).toBe('ENTRA asks to wait (429 90055) at POST /oauth2/v2.0/token');
    expect(stub.seen).toHaveLength(1);

    clock.advance(1_000);
    await expect(source.get()).resolves.toBe('T1');
  });

  it('are asked for again a moment after a failure, in spite of MSAL refusing by itself for a minute', async () => {
    const clock = new ManualClock(Date.now());
    const source = tokens({ clock });
    stub.answer({ status: 503, body: {} }, aToken('T1'));
    await rejection(source.get());
    await rejection(source.get());
    expect(stub.seen).toHaveLength(1);

    clock.advance(5_000);

    await expect(source.get()).resolves.toBe('T1');
  });

  it.each([7000215, 7000222])('come by the next secret when Entra refuses one with AADSTS%i', async (number) => {
    const clock = new ManualClock(Date.now());
    stub.answer(refusal('invalid_client', number), aToken('T1', 200), aToken('T2'));
    const source = tokens({ secrets: ['old', 'new'], clock });

    await expect(source.get()).resolves.toBe('T1');

    const sent = () => stub.seen.map(({ body }) => new URLSearchParams(body).get('client_secret'));
    expect(sent()).toEqual(['old', 'new']);
    await expect(source.get()).resolves.toBe('T2');
    expect(sent()).toEqual(['old', 'new', 'new']);
    expect(source.calls()).toBe(3);
  });

  it('are refused with the first secret’s reason when none is any good', async () => {
    stub.answer(refusal('invalid_client', 7000222), refusal('invalid_client', 7000215));

    const thrown = await rejection<AppError>(tokens({ secrets: ['old', 'new'] }).get());

    expect(thrown.context.errorNo).toBe('7000222');
    expect(stub.seen).toHaveLength(2);
  });

  it('are not asked for by the next secret for any other reason', async () => {
    stub.answer(refusal('unauthorized_client', 700016));

    await rejection<AppError>(tokens({ secrets: ['old', 'new'] }).get());

    expect(stub.seen).toHaveLength(1);
  });

  it('never show the secret in a message', async () => {
    stub.answer(refusal('invalid_client', 7000215));

    const thrown = await rejection<AppError>(tokens().get());

    expect(JSON.stringify([thrown.message, thrown.context, String(thrown.cause)])).not.toContain('secret-1');
  });
});

describe('the token scope', () => {
  it('is the cloud’s own, and the public one’s for a simulator', () => {
    expect(graphScope('https://graph.microsoft.us/')).toBe('https://graph.microsoft.us/.default');
    expect(graphScope('http://127.0.0.1:4040')).toBe('https://graph.microsoft.com/.default');
  });

  it('names each permission of somebody who signs in, at their cloud’s Graph', () => {
    expect(delegatedScopes('https://microsoftgraph.chinacloudapi.cn', ['Calendars.ReadWrite'])).toEqual([
      'https://microsoftgraph.chinacloudapi.cn/Calendars.ReadWrite',
    ]);
  });
});
