import { createDoceboClient, type DoceboClient, type DoceboReader } from '../../../../src/adapters/docebo/api/client';
import type { DoceboCredentials } from '../../../../src/adapters/docebo/api/token';
import { AppError } from '../../../../src/domain/errors';
import { aProfile } from './a-profile';
import { aClock, anError, aPage, stubDocebo } from './stub-docebo';

const SESSION = 'GET /course/v1/sessions/7';
const TOKEN = 'POST /oauth2/token';
const byClient: DoceboCredentials = { grant: 'client_credentials', clientId: 'id', clientSecret: 'secret' };
const byPassword: DoceboCredentials = { ...byClient, grant: 'password', username: 'api', password: 'pass word&' };

function aClient(
  routes: Parameters<typeof stubDocebo>[0] = { [SESSION]: { data: { id: 7 } } },
  options: Partial<Parameters<typeof createDoceboClient>[0]> = {},
) {
  const docebo = stubDocebo(routes);
  const clock = aClock();
  const client = createDoceboClient({
    baseUrl: `${docebo.baseUrl}/`,
    credentials: byClient,
    profile: aProfile(),
    clock,
    fetch: docebo.fetch,
    ...options,
  });
  return { docebo, clock, client };
}

function read<T>(client: DoceboClient, work: (docebo: DoceboReader) => Promise<T>): Promise<T> {
  return client.withCalls({ calls: 1, priority: 'hint' }, work);
}

const readSession7 = (client: DoceboClient) => read(client, (docebo) => docebo.get('session', { session_id: '7' }));

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => new Error('it did not fail'),
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

describe('tokens', () => {
  test('by client credentials, as a form', async () => {
    const { client, docebo } = aClient();
    await readSession7(client);

    expect(Object.fromEntries(docebo.requests[0]?.body ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'id',
      client_secret: 'secret',
      scope: 'api',
    });
    expect(docebo.requests[1]?.authorization).toBe('Bearer token-1');
  });

  test('by password', async () => {
    const { client, docebo } = aClient(undefined, { credentials: byPassword });
    await readSession7(client);

    expect(Object.fromEntries(docebo.requests[0]?.body ?? [])).toMatchObject({
      grant_type: 'password',
      username: 'api',
      password: 'pass word&',
    });
  });

  test('one is asked for, however many need it', async () => {
    const { client, docebo } = aClient();
    await Promise.all([readSession7(client), readSession7(client), readSession7(client)]);

    expect(docebo.count(TOKEN)).toBe(1);
    expect(docebo.count(SESSION)).toBe(3);
  });

  test.each([
    ['is used until a minute before its end', 3600, 3_539_000, 1],
    ['is not used in its last minute', 3600, 3_541_000, 2],
    ['of a short life is not used in its last tenth', 100, 91_000, 2],
    ['tells its life as a text, too', '100', 91_000, 2],
    ['that does not tell its life is used for minutes only', null, 300_000, 2],
  ])('a token %s', async (_what, expires_in, afterMs, tokens) => {
    const { client, docebo, clock } = aClient({
      [SESSION]: { data: { id: 7 } },
      [TOKEN]: { access_token: 'abc', expires_in },
    });
    await readSession7(client);
    clock.advance(afterMs);
    await readSession7(client);

    expect(docebo.count(TOKEN)).toBe(tokens);
  });

  test('one that died early is replaced once', async () => {
    const { client, docebo } = aClient({
      [SESSION]: ({ authorization }) =>
        authorization === 'Bearer token-1' ? anError(401) : { data: { id: 7, name: 'Day 1' } },
    });

    expect(await readSession7(client)).toEqual({ id: 7, name: 'Day 1' });
    expect(client.tokenGeneration()).toBe(2);
    expect(docebo.count(SESSION)).toBe(2);
  });

  test('a call that is refused with a fresh token too is an access error', async () => {
    const { client, docebo } = aClient({ [SESSION]: anError(401) });
    const error = await failureOf(readSession7(client));

    expect(error).toMatchObject({ code: 'DOCEBO_ACCESS', kind: 'access' });
    expect(error.message).toBe('DOCEBO refuses access (401 Bad Request) to GET /course/v1/sessions/7');
    expect(docebo.count(SESSION)).toBe(2);
    expect(docebo.count(TOKEN)).toBe(2);
  });

  test.each([
    [400, { error: 'invalid_client', error_description: 'The client credentials are invalid' }, byClient],
    [401, { error: 'invalid_grant', error_description: 'Invalid username and password combination' }, byPassword],
  ])(
    'credentials that Docebo refuses with %i are an access error that says what to check',
    async (status, body, credentials) => {
      const { client } = aClient({ [TOKEN]: Response.json(body, { status }) }, { credentials });
      const error = await failureOf(readSession7(client));

      expect(error).toMatchObject({
        code: 'DOCEBO_TOKEN',
        kind: 'access',
        context: { status, upstreamCode: body.error },
      });
      expect(error.message).toBe(
        credentials.grant === 'password'
          ? 'DOCEBO issues no token (401 invalid_grant): check client id and secret, user and password, and that the API client allows the grant "password"'
          : 'DOCEBO issues no token (400 invalid_client): check client id and secret, and that the API client allows the grant "client_credentials"',
      );
    },
  );

  test('refused credentials are not tried again for a minute', async () => {
    const { client, docebo, clock } = aClient({ [TOKEN]: anError(401) });
    await failureOf(readSession7(client));
    await failureOf(readSession7(client));
    expect(docebo.count(TOKEN)).toBe(1);

    clock.advance(60_000);
    await failureOf(readSession7(client));
    expect(docebo.count(TOKEN)).toBe(2);
  });

  test('an address without a token endpoint is told as such', async () => {
    const { client } = aClient({ [TOKEN]: anError(404) });

    expect((await failureOf(readSession7(client))).message).toBe(
      'DOCEBO issues no token (404 Bad Request): check the base address of the platform',
    );
  });

  test('an answer without a token is a contract error', async () => {
    const { client } = aClient({ [TOKEN]: { token: 'abc' } });
    const error = await failureOf(readSession7(client));

    expect(error).toMatchObject({ code: 'DOCEBO_CONTRACT', kind: 'contract' });
    expect(error.message).toBe('DOCEBO answered POST /oauth2/token without an access_token');
  });

  test('a token endpoint that is down is no matter of credentials', async () => {
    const { client } = aClient({ [TOKEN]: anError(503) });

    expect(await failureOf(readSession7(client))).toMatchObject({ code: 'DOCEBO_UNAVAILABLE', kind: 'upstream' });
  });
});

describe('failures', () => {
  test.each([
    [400, 'DOCEBO_REFUSED', 'input', 'DOCEBO refuses the request (400 Bad Request): GET /course/v1/sessions/7'],
    [403, 'DOCEBO_ACCESS', 'access', 'DOCEBO refuses access (403 Bad Request) to GET /course/v1/sessions/7'],
    [404, 'DOCEBO_NOT_FOUND', 'not-found', 'DOCEBO: not found (404 Bad Request): GET /course/v1/sessions/7'],
    [429, 'DOCEBO_THROTTLED', 'throttled', 'DOCEBO asks to wait (429 Bad Request) at GET /course/v1/sessions/7'],
    [500, 'DOCEBO_UNAVAILABLE', 'upstream', 'DOCEBO failed (500 Bad Request) at GET /course/v1/sessions/7'],
    [503, 'DOCEBO_UNAVAILABLE', 'upstream', 'DOCEBO failed (503 Bad Request) at GET /course/v1/sessions/7'],
  ])('%i is %s', async (status, code, kind, message) => {
    const { client } = aClient({ [SESSION]: anError(status) });

    expect(await failureOf(readSession7(client))).toMatchObject({ code, kind, message });
  });

  test('no answer is unavailable', async () => {
    const { client } = aClient({ [SESSION]: new TypeError('fetch failed') });

    expect(await failureOf(readSession7(client))).toMatchObject({
      code: 'DOCEBO_UNAVAILABLE',
      message: 'DOCEBO: no answer to GET /course/v1/sessions/7',
    });
  });

  test('a success that is no JSON is a contract error', async () => {
    const { client } = aClient({ [SESSION]: new Response('<html>maintenance</html>') });

    expect(await failureOf(readSession7(client))).toMatchObject({
      code: 'DOCEBO_CONTRACT',
      message: 'DOCEBO answered GET /course/v1/sessions/7 with something that is no JSON',
    });
  });

  test('a success without data is a contract error', async () => {
    const { client } = aClient({ [SESSION]: { name: 'Error' } });

    expect(await failureOf(readSession7(client))).toMatchObject({
      code: 'DOCEBO_CONTRACT',
      message: 'DOCEBO answered GET /course/v1/sessions/7 without an object "data"',
    });
  });

  test('messages of Docebo, which may quote people, are not passed on', async () => {
    const { client } = aClient({ [SESSION]: anError(400, 'user ada@example.com is unknown') });
    const error = await failureOf(readSession7(client));

    expect(JSON.stringify([error.message, error.context])).not.toContain('ada');
  });

  test.each([
    ['a text', 'The course 3 does not have sessions'],
    ['a list', ['The course 3 does not have sessions']],
  ])('the one message that is a fact is told as a code, be it %s', async (_what, message) => {
    const { client } = aClient({ 'GET /course/v1/courses/3/sessions': anError(400, message) });
    const error = await failureOf(read(client, (docebo) => docebo.list('courseSessions', { course_id: '3' })));

    expect(error.context['upstreamCode']).toBe('NO_SESSIONS');
  });
});

describe('waiting', () => {
  test('Retry-After goes with the error, and no call is made before', async () => {
    const { client, docebo, clock } = aClient({ [SESSION]: anError(429, 'slow down', { 'retry-after': '120' }) });

    expect(await failureOf(readSession7(client))).toMatchObject({ code: 'DOCEBO_THROTTLED', retryAfterMs: 120_000 });
    expect(await failureOf(readSession7(client))).toMatchObject({ code: 'DOCEBO_THROTTLED', retryAfterMs: 120_000 });
    expect(docebo.count(SESSION)).toBe(1);

    clock.advance(120_000);
    docebo.route(SESSION, { data: { id: 7 } });
    expect(await readSession7(client)).toEqual({ id: 7 });
  });

  test('503 with Retry-After is a request to wait', async () => {
    const { client } = aClient({ [SESSION]: anError(503, 'busy', { 'retry-after': '5' }) });

    expect(await failureOf(readSession7(client))).toMatchObject({ code: 'DOCEBO_THROTTLED', retryAfterMs: 5_000 });
  });

  test('a token endpoint that asks to wait stops all calls', async () => {
    const { client, docebo } = aClient({ [TOKEN]: anError(429, 'slow down', { 'retry-after': '60' }) });
    await failureOf(readSession7(client));

    expect(await failureOf(readSession7(client))).toMatchObject({ code: 'DOCEBO_THROTTLED' });
    expect(docebo.requests).toHaveLength(1);
  });

  test('without Retry-After the next call is tried', async () => {
    const { client, docebo } = aClient({ [SESSION]: anError(429) });

    expect(await failureOf(readSession7(client))).toMatchObject({ code: 'DOCEBO_THROTTLED', retryAfterMs: null });
    docebo.route(SESSION, { data: { id: 7 } });
    expect(await readSession7(client)).toEqual({ id: 7 });
  });
});

describe('the call budget', () => {
  const budget = { callsPerHour: 60, burst: 20 };

  test('empty is an error with the time to wait, and no call', async () => {
    const { client, docebo } = aClient(undefined, { budget });
    const want = { calls: 12, priority: 'hint' } as const;
    let stop: () => void = () => undefined;
    const first = client.withCalls(want, () => new Promise<void>((resolve) => (stop = resolve)));
    const error = await failureOf(client.withCalls(want, (reader) => reader.get('session', { session_id: '7' })));

    expect(error).toMatchObject({ code: 'DOCEBO_BUDGET', kind: 'throttled' });
    expect(error.message).toMatch(/^The budget of 60 Docebo calls an hour is used up; 12 calls are free in \d+ s$/);
    expect(docebo.requests).toEqual([]);
    stop();
    await first;
  });

  test('gives back what was set aside and not used, also after a failure', async () => {
    const { client } = aClient({ [SESSION]: anError(500) }, { budget });
    for (let i = 0; i < 5; i++) {
      await failureOf(
        client.withCalls({ calls: 14, priority: 'hint' }, (docebo) => docebo.get('session', { session_id: '7' })),
      );
    }

    expect(client.calls()).toEqual({ token: 1, session: 5 });
  });

  test('work that needs more than it set aside goes on while there is budget', async () => {
    const { client } = aClient(undefined, { budget });
    const work = read(client, async (docebo) => {
      for (;;) await docebo.get('session', { session_id: '7' });
    });

    expect(await failureOf(work)).toMatchObject({ code: 'DOCEBO_BUDGET' });
    expect(client.calls()).toEqual({ token: 1, session: 19 });
  });

  test('calls are counted by kind', async () => {
    const { client } = aClient({
      [SESSION]: { data: { id: 7 } },
      'GET /course/v1/sessions/7/events': aPage([]),
    });
    await readSession7(client);
    await read(client, (docebo) => docebo.list('sessionEvents', { session_id: '7' }));

    expect(client.calls()).toEqual({ token: 1, session: 1, sessionEvents: 1 });
  });
});

describe('requests', () => {
  test('ask for pages of 200', async () => {
    const { client, docebo } = aClient({ 'GET /course/v1/sessions/7/events': aPage([]) });
    await read(client, (reader) => reader.list('sessionEvents', { session_id: '7' }));

    expect(docebo.requests[1]?.query.toString()).toBe('page=1&page_size=200');
  });

  test('encode ids', async () => {
    const { client, docebo } = aClient({});
    await failureOf(read(client, (reader) => reader.get('session', { session_id: '../../manage/v1/user' })));

    expect(docebo.requests[1]?.path).toBe('/course/v1/sessions/..%2F..%2Fmanage%2Fv1%2Fuser');
  });

  test('that lack an id are a bug', async () => {
    const { client } = aClient();

    expect(await failureOf(read(client, (docebo) => docebo.get('session')))).toMatchObject({
      code: 'BUG_DOCEBO_ENDPOINT',
      message: 'Endpoint session of the tenant profile needs session_id',
    });
  });

  test('end at their time limit', async () => {
    const docebo = stubDocebo({ [SESSION]: () => new Promise(() => undefined) });
    const fetch: typeof docebo.fetch = (input, init) =>
      Promise.race([
        docebo.fetch(input, init),
        new Promise<Response>((_resolve, reject) =>
          init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error)),
        ),
      ]);
    const { client } = aClient(undefined, { fetch, timeoutMs: 20 });

    expect(await failureOf(readSession7(client))).toMatchObject({
      code: 'DOCEBO_UNAVAILABLE',
      message: 'DOCEBO: no answer to GET /course/v1/sessions/7',
    });
  });
});
