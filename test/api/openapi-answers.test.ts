import type { LightMyRequestResponse } from 'fastify';
import type { ApiOperator, AppDeps } from '../../src/api/app-deps';
import { AccessError, InputError, NotFoundError, UpstreamError, type AppError } from '../../src/domain/errors';
import { FakeMailboxWatch } from '../fakes/fake-mailbox-watch';
import { aSessionState, FakeOperator } from '../fakes/fake-operator';
import { AnIssuer, OIDC } from './an-issuer';
import { anApp, closeApps, RIGHT } from './an-app';
import { Described, type Operation } from './openapi-answers';

/**
 * Every operation of the OpenAPI document, asked rightly and wrongly: each answer must have a status that the document names, a body of the
 * shape that it gives, and every status that it names for an operation of the operator API or the codec must come about.
 */

const SECRET = 's3cret-of-the-subscription';
const TOKENS = { read: 'r'.repeat(32), operate: 'o'.repeat(32), decode: 'd'.repeat(32) } as const;
type Role = keyof typeof TOKENS;

const issuer = new AnIssuer();

function anOpenApp(over: Partial<AppDeps> = {}) {
  const codec = { encode: async <T>(p: T) => p, decode: async <T>(p: T) => p };
  const operator = new FakeOperator().add(aSessionState());
  operator.coverages = [
    { platform: 'academy', coverage: { at: '2026-11-27T00:00:00.000Z', seats: 9, covered: 8, oldestGapSince: null } },
    { platform: 'emea', coverage: null },
  ];
  operator.healths.set('academy', { v: 1, platform: 'academy' } as never);
  const tokens = (Object.entries(TOKENS) as [Role, string][]).map(([role, token]) => ({
    name: role,
    roles: [role],
    token,
  }));
  return anApp({
    access: { tokens, oidc: OIDC, fetch: issuer.fetch },
    codec: { codec, access: { kind: 'bearer' }, allowedOrigins: [] },
    notifications: { clientStates: { training: SECRET }, watch: new FakeMailboxWatch() },
    operator,
    limits: { callsPerMinute: 100_000, failuresPerMinute: 100_000 },
    ...over,
  }).app;
}

const PATH_VALUES: Readonly<Record<string, string>> = { sessionId: '5401', mailbox: 'training' };
const BODIES: Readonly<Record<string, object>> = {
  terminateSession: { confirm: 'session/academy/5401' },
  encode: { payloads: [] },
  decode: { payloads: [{ metadata: {}, data: 'eA==' }] },
  receiveDoceboWebhook: { sessions: ['7'] },
  receiveGraphNotifications: { value: [{ clientState: SECRET }] },
  receiveGraphLifecycle: { value: [{ clientState: SECRET, lifecycleEvent: 'missed' }] },
};

interface Asked {
  readonly token?: string | null;
  readonly authorization?: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Rightly, but for what is said. */
function ask(
  app: ReturnType<typeof anOpenApp>,
  operation: Operation,
  asked: Asked = {},
): Promise<LightMyRequestResponse> {
  const { method, path, operationId, security } = operation;
  const values = { ...PATH_VALUES, platform: isWebhook(operation) ? 'acme' : 'academy', ...asked.path };
  const url = path.replace(/\{(\w+)\}/g, (_all, name: string) => values[name as keyof typeof values] ?? '');
  const bearer = asked.token === undefined ? TOKENS[roleOf(operation)] : asked.token;
  const own = isWebhook(operation) ? RIGHT : security.length > 0 && bearer !== null ? `Bearer ${bearer}` : undefined;
  const authorization = asked.authorization ?? own;
  const body = 'body' in asked ? asked.body : (BODIES[operationId] ?? {});
  const hasBody = method === 'POST' && body !== undefined;
  return app.inject({
    method,
    url: `${url}${asked.query === undefined ? '' : `?${asked.query}`}`,
    headers: {
      ...(authorization !== undefined && { authorization }),
      ...(hasBody && { 'content-type': 'application/json' }),
      ...asked.headers,
    },
    ...(hasBody && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

const isWebhook = ({ security }: Operation): boolean => security.includes('doceboWebhook');
const isOpen = ({ security }: Operation): boolean => security.length === 0;
const isOperator = ({ security }: Operation): boolean => security.includes('apiToken');

function roleOf(operation: Operation): Role {
  if (!isOperator(operation)) return 'decode';
  return operation.method === 'GET' ? 'read' : 'operate';
}

let app: ReturnType<typeof anOpenApp>;
let described: Described;
let seen: Map<string, Set<string>>;
beforeAll(async () => {
  seen = new Map();
  app = anOpenApp();
  described = await Described.of(app);
  await issuer.token();
});
afterAll(closeApps);

/** The statuses of some ways to ask each of some operations; all of them as documented. */
async function probe(
  which: (operation: Operation) => boolean,
  ways: (operation: Operation) => readonly Asked[],
  of = app,
) {
  const statuses: Record<string, readonly number[]> = {};
  for (const operation of described.operations.filter(which)) {
    const known = seen.get(operation.operationId) ?? new Set();
    seen.set(operation.operationId, known);
    const own: number[] = [];
    for (const way of ways(operation)) {
      const answer = await ask(of, operation, way);
      expect(described.faultsOf(operation, answer)).toEqual([]);
      known.add(String(answer.statusCode));
      own.push(answer.statusCode);
    }
    statuses[operation.operationId] = own;
  }
  expect(Object.keys(statuses).length).toBeGreaterThan(0);
  return statuses;
}

const all = (statuses: Record<string, readonly number[]>): number[] =>
  [...new Set(Object.values(statuses).flat())].sort();

test('asked rightly, each answers as the document says', async () => {
  const statuses = await probe(
    () => true,
    () => [{}],
  );

  expect(all(statuses)).toEqual([200, 202]);
  expect(Object.keys(statuses)).toHaveLength(described.operations.length);
});

test('without a token, with a wrong one, one of another kind, one that is over, of another audience or key: 401', async () => {
  const other = new AnIssuer();
  const stranger = await other.rotate('k1');
  const now = Math.floor(Date.now() / 1000);
  const roles = ['convoke-read', 'convoke-operate', 'convoke-decode'];
  const tokens = [
    null,
    'nonsense',
    `${TOKENS.read}x`,
    await issuer.token({ roles, iat: now - 7_200, exp: now - 3_600 }),
    await issuer.token({ roles, aud: 'another' }),
    await issuer.token({ roles, iss: 'https://evil.example' }),
    await issuer.token({ roles }, { key: stranger }),
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"x"}').toString('base64url')}.`,
  ];

  const statuses = await probe(
    (operation) => !isOpen(operation) && !isWebhook(operation),
    () => [
      ...tokens.map((token) => ({ token })),
      { authorization: RIGHT },
      { authorization: `Bearer ${'x'.repeat(9_000)}` },
    ],
  );
  const webhook = await probe(isWebhook, () => [{ authorization: '' }, { authorization: `Bearer ${TOKENS.operate}` }]);

  expect([...all(statuses), ...all(webhook)]).toEqual([401, 401]);
});

test('with a token of another role: 403, the same for a person’s', async () => {
  const statuses = await probe(
    (operation) => !isOpen(operation) && !isWebhook(operation),
    (operation) => {
      const wrong = { read: ['decode'], operate: ['decode', 'read'], decode: ['read', 'operate'] } as const;
      return wrong[roleOf(operation)].map((role) => ({ token: TOKENS[role] }));
    },
  );
  const none = await issuer.token({ roles: ['convoke-everything'] });
  const persons = await probe(
    (operation) => !isOpen(operation) && !isWebhook(operation),
    () => [{ token: none }],
  );

  expect([...all(statuses), ...all(persons)]).toEqual([403, 403]);
});

const ODD = [
  '..',
  '%00',
  '%2e%2e%2f',
  'a%2Fb',
  '%ff',
  '%zz',
  "'",
  '-1',
  '1e9',
  '%F0%9F%98%80',
  'x'.repeat(65),
  '9'.repeat(21),
  '{}',
];

test('with a part of the path that is none: 400, or no such route at all', async () => {
  for (const operation of described.operations.filter(isOperator)) {
    for (const { name } of operation.parameters.filter((parameter) => parameter.in === 'path')) {
      for (const odd of name === 'platform' ? ODD.filter((text) => !/^[a-z0-9-]{1,32}$/.test(text)) : ODD) {
        const answer = await ask(app, operation, { path: { [name]: odd } });
        const { code } = answer.json<{ code: string }>();
        // What leaves the path is another path.
        if (code !== 'API_ROUTE_NOT_FOUND') expect([odd, answer.statusCode]).toEqual([odd, 400]);
        expect(described.faultsOf(operation, answer)).toEqual([]);
        expect(code).toMatch(/^(INPUT_REQUEST|INPUT_URL|API_ROUTE_NOT_FOUND)$/);
      }
    }
  }
});

test('with a query that is none: 400', async () => {
  const statuses = await probe(
    (operation) => isOperator(operation) && operation.parameters.some((parameter) => parameter.in === 'query'),
    ({ parameters }) =>
      parameters
        .filter((parameter) => parameter.in === 'query')
        .flatMap(({ name }) =>
          ['', '%00', '{}', "'%20OR%201=1", '%ff', '-', 'x&' + `${name}=y`].map((value) => `${name}=${value}`),
        )
        .concat('unknown=1')
        // A platform may be called "-".
        .filter((query) => query !== 'platform=-')
        .map((query) => ({ query })),
  );

  expect(all(statuses)).toEqual([400]);
});

test('with a body that is none: 400, 413 or 415', async () => {
  const large = JSON.stringify(['x'.repeat(17 * 1024 * 1024)]);
  const wrong: readonly Asked[] = [
    ...[
      '{',
      '[]',
      'null',
      '7',
      '"x"',
      '{"reason":7}',
      '{"__proto__":{"confirm":"x"},"reason":""}',
      '['.repeat(40) + ']'.repeat(40),
    ].map((body) => ({ body })),
    { body: large },
    { headers: { 'content-type': 'text/plain' }, body: 'x' },
    { headers: { 'content-encoding': 'gzip' } },
  ];
  const statuses = await probe(
    (operation) => operation.method === 'POST' && !isWebhook(operation),
    (operation) =>
      // An object that says nothing is one of the codec's and of Graph's own.
      wrong
        .filter(({ body }) => isOperator(operation) || typeof body !== 'string' || !/^\{"/.test(body))
        .map((one) => one),
  );
  const webhook = await probe(isWebhook, () => [...wrong.slice(0, 5), ...wrong.slice(-3)]);

  expect(all(statuses)).toEqual([400, 413, 415]);
  expect(all(webhook)).toEqual([400, 413, 415]);
});

test('without a body: as the document says whether there must be one', async () => {
  for (const operation of described.operations.filter(({ method }) => method === 'POST')) {
    const { statusCode } = await ask(app, operation, { body: undefined });
    const { operationId, requestBody } = operation;
    expect([operationId, statusCode]).toEqual([operationId, requestBody?.required === false ? 200 : 400]);
  }
});

test('compressed: 415, whatever is asked', async () => {
  const guarded = (operation: Operation): boolean => !isOpen(operation);

  expect(all(await probe(guarded, () => [{ headers: { 'content-encoding': 'gzip' } }]))).toEqual([415]);
});

const failing = (error: AppError): ApiOperator =>
  new Proxy(new FakeOperator(), { get: () => () => Promise.reject(error) });

test.each<[string, AppError, number]>([
  ['does not take the request', new InputError('It is not held.', { code: 'INPUT_OPERATOR_REQUEST' }), 400],
  ['does not know the session', new NotFoundError('none', { code: 'TEMPORAL_NO_WORKFLOW' }), 404],
  ['does not answer', new UpstreamError('10.0.0.1 is away', { code: 'TEMPORAL_UNAVAILABLE' }), 502],
  ['refuses us', new AccessError('the key of 10.0.0.1', { code: 'TEMPORAL_ACCESS' }), 502],
])('when Temporal %s', async (_what, error, status) => {
  const broken = anOpenApp({ operator: failing(error) });
  const mayBeMissing = ({ operationId }: Operation): boolean => !['listSessions', 'getCoverage'].includes(operationId);

  const statuses = await probe(
    (o) => isOperator(o) && (status !== 404 || mayBeMissing(o)),
    () => [{}],
    broken,
  );

  expect(all(statuses)).toEqual([status]);
});

test('when the identity provider is away: 503, and when a caller comes too often: 429, both with Retry-After', async () => {
  const away = new AnIssuer();
  const token = await away.token({ roles: ['convoke-read', 'convoke-operate', 'convoke-decode'] });
  away.status = 0;
  const lonely = anOpenApp({ access: { tokens: [], oidc: OIDC, fetch: away.fetch } });
  const strict = anOpenApp({ limits: { callsPerMinute: 0, failuresPerMinute: 0 } });
  const guarded = (operation: Operation): boolean => !isOpen(operation) && !isWebhook(operation);

  const unknown = await probe(guarded, () => [{ token }], lonely);
  const often = await probe(guarded, () => [{}, { token: 'nonsense' }], strict);

  expect([...all(unknown), ...all(often)]).toEqual([503, 429]);
  for (const operation of described.operations.filter(guarded)) {
    expect((await ask(lonely, operation, { token })).headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect((await ask(strict, operation)).headers['retry-after']).toMatch(/^[1-9]\d*$/);
  }
});

test('what the document names for the operator API and the codec comes about, and nothing is named in vain', () => {
  const guarded = described.operations.filter((operation) => !isOpen(operation) && !isWebhook(operation));

  const vain = guarded.flatMap(({ operationId, responses }) =>
    Object.keys(responses)
      .filter((status) => seen.get(operationId)?.has(status) !== true)
      .map((status) => `${operationId} ${status}`),
  );

  expect(vain).toEqual([]);
});
