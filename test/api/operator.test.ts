import type { AppDeps } from '../../src/api/app-deps';
import { hasOperators, toAccess } from '../../src/api/auth/to-access';
import type { ApiToken } from '../../src/app/config/api-tokens';
import type { StoryCall } from '../../src/app/open-operator';
import type { JournalEntry } from '../../src/contract/messages';
import { AccessError, InputError, UpstreamError } from '../../src/domain/errors';
import { aSessionState, FakeOperator } from '../fakes/fake-operator';
import { AnIssuer, OIDC } from './an-issuer';
import { anApp, closeApps, RIGHT, textLike, tinyReader } from './an-app';

afterEach(closeApps);

const READER = 'r'.repeat(32);
const DESK = 'd'.repeat(32);
const DECODER = 'x'.repeat(32);
const TOKENS: readonly ApiToken[] = [
  { name: 'monitoring', roles: ['read'], token: READER },
  { name: 'desk', roles: ['operate'], token: DESK },
  { name: 'ui', roles: ['decode'], token: DECODER },
];

const anIngress = { readWebhook: tinyReader, credentials: [{ user: 'a', password: 'b' }], originalDomain: null };

const at = (second: number): string => `2026-11-27T10:00:0${second}.000Z`;
const JOURNAL: JournalEntry[] = [
  { at: at(1), what: 'hint', note: 'session-changed' },
  { at: at(5), what: 'create', eventId: '101', note: 'created; mails all; +2 -0; generation 1' },
  { at: at(6), what: 'answer', eventId: '101', note: 'user 8 accepted', users: ['8'] },
];
const CREATE: StoryCall = {
  activity: 'createCalendarEvent',
  summary: '',
  askedAt: at(2),
  endedAt: at(4),
  attempts: 3,
  failure: 'GRAPH_THROTTLED',
  gaveUp: false,
  eventId: '101',
  outcome: null,
  plan: null,
};

function anOperatedApp(overrides: Partial<AppDeps> = {}) {
  const operator = new FakeOperator()
    .add(aSessionState())
    .add(aSessionState({ sessionId: '5402' }), { status: 'error' });
  const lines: Record<string, unknown>[] = [];
  const { app } = anApp({
    access: { tokens: TOKENS, oidc: null, fetch },
    operator,
    logger: { level: 'error', stream: { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) } },
    ...overrides,
  });
  const ask = (
    method: 'GET' | 'POST',
    url: string,
    options: { token?: string; body?: object; headers?: object } = {},
  ) =>
    app.inject({
      method,
      url: `/api/v1${url}`,
      headers: { authorization: `Bearer ${options.token ?? DESK}`, ...options.headers },
      ...(options.body !== undefined && { payload: options.body }),
    });
  return { app, operator, lines, ask };
}

describe('reading', () => {
  it('lists sessions by what the query asks for', async () => {
    const { ask, operator } = anOperatedApp();

    const all = await ask('GET', '/sessions', { token: READER });
    await ask(
      'GET',
      '/sessions?platform=academy&course=190&status=error&status=held&startsBefore=2026-12-01T00:00:00Z&ended=true&limit=5',
    );

    expect(all.statusCode).toBe(200);
    expect(all.json()).toMatchObject({
      rows: [
        {
          platform: 'academy',
          sessionId: '5401',
          status: 'in_sync',
          startsAt: null,
          workflowId: 'session/academy/5401',
        },
        { sessionId: '5402', status: 'error' },
      ],
      matching: 2,
      counts: { error: 1, in_sync: 1, held: 0 },
    });
    expect(operator.filters).toEqual([
      { ended: false },
      {
        platform: 'academy',
        course: '190',
        statuses: ['error', 'held'],
        startsBefore: '2026-12-01T00:00:00Z',
        ended: true,
      },
    ]);
  });

  it('shows the state of one, with all that the workflow keeps', async () => {
    const { ask } = anOperatedApp();

    const answer = await ask('GET', '/sessions/academy/5401', { token: READER });

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ workflowId: 'session/academy/5401', runId: 'run-1', status: 'in_sync' });
    expect(answer.json<{ state: unknown }>().state).toEqual(JSON.parse(JSON.stringify(aSessionState())));
  });

  it('tells how a session came to be so, by ids alone, and of one learner or event on request', async () => {
    const { ask, operator } = anOperatedApp();
    operator.add(aSessionState({ sessionId: '5403', journal: JOURNAL }));
    operator.told = { ...operator.told, calls: [CREATE] };

    const all = await ask('GET', '/sessions/academy/5403/why', { token: READER });
    const one = await ask('GET', '/sessions/academy/5403/why?learner=7&event=101&history=true', { token: READER });

    expect(all.json()).toMatchObject({
      workflowId: 'session/academy/5403',
      status: 'in_sync',
      learner: [],
      timeline: [
        { kind: 'hint', text: 'Docebo said that the session changed', users: [], details: [] },
        { kind: 'Graph', eventId: '101', details: [] },
        { kind: 'mail', text: 'an invitation to everybody on it' },
        { kind: 'answer', text: 'user 8 accepted event 101', users: ['8'] },
      ],
      untold: [textLike(/^The journal is whole/), textLike(/^Histories were not read/), textLike(/mailboxes cannot/)],
    });
    const told = one.json<{ learner: string[]; timeline: { kind: string; details: string[] }[]; untold: string[] }>();
    expect(told.learner).toEqual([textLike(/^user 7 has no seat/)]);
    expect(told.timeline.map(({ kind }) => kind)).toEqual(['hint', 'Graph', 'mail']);
    expect(told.timeline[1]?.details).toEqual(['createCalendarEvent took 2.0 s, 3 attempts, before: GRAPH_THROTTLED']);
    expect(told.untold).toContainEqual(textLike(/^Histories: 1 run with 3 events read/));
  });

  it('reads histories one session at a time: there are webhooks to answer', async () => {
    const { ask, operator } = anOperatedApp();
    let [running, most] = [0, 0];
    operator.story = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running--;
      return operator.told;
    };
    const url = '/sessions/academy/5401/why?history=true';
    operator.failures.set('session/academy/5402', new UpstreamError('no', { code: 'TEMPORAL_NO_ANSWER' }));

    const answers = await Promise.all([url, url.replace('5401', '5402'), url, url].map((path) => ask('GET', path)));

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 502, 200, 200]);
    expect(most).toBe(1);
  });

  it('lists the ids of a session’s events, with how many answered', async () => {
    const { ask, operator } = anOperatedApp();
    const row = {
      ...{ graphEventId: 'AAMk-1', generation: 2, invitationHash: 'h', placeHash: 'p', peopleHash: 'q' },
      ...{ startsAt: '2026-12-01T08:00:00.000Z', endsAt: '2026-12-01T16:00:00.000Z' },
      answers: {
        '7': ['accepted', '2026-11-27T10:00:00.000Z', null, null] as const,
        '8': ['accepted', '2026-11-27T10:00:00.000Z', null, null] as const,
        '9': ['declined', '2026-11-27T10:00:00.000Z', null, null] as const,
      },
    };
    const base = aSessionState();
    const ledger = { ...base.ledger, mailbox: 'training', events: { '101': row } };
    operator.add({ ...base, ledger, counts: { ...base.counts, learners: 3, instructors: 1 } });

    const answer = await ask('GET', '/sessions/academy/5401/events', { token: READER });
    const none = await ask('GET', '/sessions/academy/5402/events', { token: READER });

    expect(answer.json()).toEqual({
      workflowId: 'session/academy/5401',
      mailbox: 'training',
      seats: { learners: 3, instructors: 1 },
      events: [
        {
          eventId: '101',
          graphEventId: 'AAMk-1',
          transactionId: 'cvk1-academy-5401-101-2',
          generation: 2,
          startsAt: row.startsAt,
          endsAt: row.endsAt,
          answers: { accepted: 2, declined: 1 },
        },
      ],
    });
    expect(none.json()).toMatchObject({ mailbox: null, events: [] });
  });

  it('tells coverage and the health of a platform', async () => {
    const { ask, operator } = anOperatedApp();
    const coverage = {
      at: '2026-11-27T00:00:00.000Z',
      seats: 10,
      covered: 9,
      oldestGapSince: '2026-11-26T00:00:00.000Z',
    };
    operator.coverages = [
      { platform: 'academy', coverage },
      { platform: 'emea', coverage: null },
    ];
    operator.healths.set('academy', {
      v: 1,
      platform: 'academy',
      lastWebhookAt: null,
      webhooks: 3,
      authenticationFailures: 1,
      lastAuthenticationFailureAt: null,
      unknownEvents: [],
      coverage: null,
      foreignDomains: [],
    });

    expect((await ask('GET', '/coverage', { token: READER })).json()).toEqual({ platforms: operator.coverages });
    expect((await ask('GET', '/platforms/academy/health', { token: READER })).json()).toMatchObject({ webhooks: 3 });
    expect((await ask('GET', '/platforms/emea/health', { token: READER })).json()).toMatchObject({
      code: 'API_NO_HEALTH',
    });
  });

  it.each([
    ['a filter of the list’s own language', '/sessions?query=x'],
    ['a status that does not exist', '/sessions?status=broken'],
    ['a course that breaks out of its quotes', '/sessions?course=1%22%20OR%20%22'],
    ['a start that is no time', '/sessions?startsBefore=tomorrow'],
    ['too many', '/sessions?limit=1001'],
    ['none', '/sessions?limit=0'],
    ['a learner by name', '/sessions/academy/5401/why?learner=ada'],
    ['an event that is none', '/sessions/academy/5401/why?event=1%20OR%201'],
    ['a session that is no number', '/sessions/academy/5401x'],
    ['a platform that is no key', '/sessions/Academy/5401'],
  ])('refuses %s', async (_, url) => {
    const { ask, operator } = anOperatedApp();

    const answer = await ask('GET', url);

    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'INPUT_REQUEST']);
    expect(operator.filters).toEqual([]);
  });
});

describe('operating', () => {
  it.each(['resync', 'hold', 'release'] as const)(
    '%s is asked for in the name of the token, with or without a reason',
    async (verb) => {
      const { ask, operator } = anOperatedApp();

      const plain = await ask('POST', `/sessions/academy/5401/${verb}`);
      await ask('POST', `/sessions/academy/5401/${verb}`, { body: { reason: 'room unclear' } });

      expect(plain.json()).toEqual({ workflowId: 'session/academy/5401', note: `${verb} done` });
      expect(operator.asked).toEqual([
        `${verb} session/academy/5401 by token:desk`,
        `${verb} session/academy/5401 by token:desk: room unclear`,
      ]);
    },
  );

  it('starts a session that has no workflow when it is asked to, of a platform that is known', async () => {
    const { ask, operator } = anOperatedApp({ platforms: { academy: anIngress, emea: anIngress } });
    const start = (session: string, body: object) => ask('POST', `/sessions/${session}/resync`, { body });

    const without = await start('academy/9', {});
    const unknown = await start('nowhere/9', { start: true });
    const started = await start('academy/9', { start: true });
    const running = await start('academy/5401', { start: true, reason: 'once more' });
    const held = await ask('POST', '/sessions/academy/9/hold', { body: { start: true } });

    expect([without, unknown, started, running, held].map(({ statusCode }) => statusCode)).toEqual([
      404, 404, 200, 200, 400,
    ]);
    expect(started.json()).toEqual({ workflowId: 'session/academy/9', note: 'started' });
    expect(operator.asked).toEqual(['start session/academy/9', 'resync session/academy/5401 by token:desk: once more']);
  });

  it('tells what a session would do now, one dry run at a time, and writes in the audit log who asked', async () => {
    const { ask, operator, lines } = anOperatedApp();
    const plan = operator.plan.bind(operator);
    let [running, most] = [0, 0];
    operator.plan = async (ref) => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
      return plan(ref);
    };

    const url = '/sessions/academy/5401/plan';
    const [answer, , unknown, body] = await Promise.all([
      ask('POST', url),
      ask('POST', url),
      ask('POST', '/sessions/academy/9/plan'),
      ask('POST', url, { body: { names: true } }),
    ]);

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      session: { platform: 'academy', sessionId: '5401' },
      position: 'on',
      counts: { events: 1, learners: 2, instructors: 0 },
      adopted: null,
      via: 'worker',
      changes: [
        {
          ...{ kind: 'updateAttendees', eventId: '101', does: 'its attendees' },
          ...{ invitations: 1, updates: 0, cancellations: 0 },
        },
      ],
      problems: [{ code: 'PLAN_PERSON_WITHOUT_ADDRESS', eventId: null, message: 'User 7' }],
      readProblems: [],
    });
    expect([unknown.statusCode, body.statusCode]).toEqual([404, 400]);
    expect(operator.asked).toEqual(['plan session/academy/5401', 'plan session/academy/5401']);
    expect(most).toBe(1);
    expect(lines.filter(({ audit }) => audit === true)).toMatchObject([
      { action: 'plan', outcome: 'done', workflowId: 'session/academy/5401', who: 'token:desk' },
      { action: 'plan', outcome: 'done' },
      { action: 'plan', outcome: 'failed', code: 'TEMPORAL_NO_WORKFLOW' },
    ]);
  });

  it('ends a workflow only when its id is written once more', async () => {
    const { ask, operator } = anOperatedApp();
    const url = '/sessions/academy/5401/terminate';

    const without = await ask('POST', url);
    const other = await ask('POST', url, { body: { confirm: 'session/academy/5402' } });
    const right = await ask('POST', url, { body: { confirm: 'session/academy/5401', reason: 'starts anew' } });

    expect([without.statusCode, other.statusCode, right.statusCode]).toEqual([400, 400, 200]);
    expect(other.json()).toMatchObject({ code: 'INPUT_OPERATOR_CONFIRM' });
    expect(operator.asked).toEqual(['terminate session/academy/5401 by token:desk: starts anew']);
  });

  it.each([
    ['a requester of one’s own choice', { requestedBy: 'boss' }],
    ['an empty reason', { reason: '' }],
    ['a reason beyond measure', { reason: 'a'.repeat(201) }],
    ['a reason that is no text', { reason: { $ne: 1 } }],
  ])('refuses %s', async (_, body) => {
    const { ask, operator } = anOperatedApp();

    expect((await ask('POST', '/sessions/academy/5401/hold', { body })).statusCode).toBe(400);
    expect(operator.asked).toEqual([]);
  });

  it('refuses what no web page could send without asking first, and bodies beyond measure', async () => {
    const { ask } = anOperatedApp();
    const url = '/sessions/academy/5401/resync';

    const text = await ask('POST', url, { body: Buffer.from('{}'), headers: { 'content-type': 'text/plain' } });
    const large = await ask('POST', url, { body: { reason: 'a'.repeat(5_000) } });
    const packed = await ask('POST', url, { body: {}, headers: { 'content-encoding': 'gzip' } });

    expect([text.statusCode, large.statusCode, packed.statusCode]).toEqual([415, 413, 415]);
  });

  it.each([
    [new InputError('It is not held.', { code: 'INPUT_OPERATOR_REQUEST' }), 400, 'It is not held.'],
    [
      new UpstreamError('No worker of Convoke runs', { code: 'TEMPORAL_NO_WORKER' }),
      502,
      'A system behind this one failed.',
    ],
    [new AccessError('key of 10.0.0.1', { code: 'TEMPORAL_ACCESS' }), 502, 'A system behind this one failed.'],
  ])('says why it failed, as far as the caller may know: %s', async (error, status, message) => {
    const { ask, operator } = anOperatedApp();
    operator.failures.set('session/academy/5401', error);

    const answer = await ask('POST', '/sessions/academy/5401/release');

    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ code: error.code, message: textLike(new RegExp(message)) });
  });

  it('answers 404 for a session without a workflow', async () => {
    const { ask } = anOperatedApp();

    expect((await ask('POST', '/sessions/academy/9/resync')).json()).toMatchObject({ code: 'TEMPORAL_NO_WORKFLOW' });
  });
});

const ROUTES = [
  ['GET', '/sessions', 'read'],
  ['GET', '/sessions/academy/5401', 'read'],
  ['GET', '/sessions/academy/5401/why', 'read'],
  ['GET', '/sessions/academy/5401/events', 'read'],
  ['GET', '/coverage', 'read'],
  ['GET', '/platforms/academy/health', 'read'],
  ['POST', '/sessions/academy/5401/plan', 'operate'],
  ['POST', '/sessions/academy/5401/resync', 'operate'],
  ['POST', '/sessions/academy/5401/hold', 'operate'],
  ['POST', '/sessions/academy/5401/release', 'operate'],
  ['POST', '/sessions/academy/5401/terminate', 'operate'],
] as const;

describe('access', () => {
  it.each(ROUTES)('to %s %s takes the role %s', async (method, url, role) => {
    const { ask, operator } = anOperatedApp();
    const status = async (token: string) => (await ask(method, url, { token })).statusCode;

    expect(await status('nonsense')).toBe(401);
    expect(await status(DECODER)).toBe(403);
    if (role === 'operate') expect(await status(READER)).toBe(403);
    else expect(await status(READER)).not.toBe(403);
    expect(operator.asked).toEqual([]);
    expect([401, 403]).not.toContain(await status(DESK));
  });

  it.each(ROUTES)('to %s %s is not given by a webhook’s password', async (method, url) => {
    const { ask } = anOperatedApp();

    const answer = await ask(method, url, { headers: { authorization: RIGHT } });

    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="convoke", error="invalid_token"');
  });

  it('is given by the identity provider, in the name of a hash', async () => {
    const issuer = new AnIssuer();
    const { ask, operator } = anOperatedApp({ access: { tokens: [], oidc: OIDC, fetch: issuer.fetch } });
    const token = await issuer.token({ roles: ['convoke-operate'] });

    expect((await ask('POST', '/sessions/academy/5401/resync', { token })).statusCode).toBe(200);
    expect(operator.asked).toEqual([expect.stringMatching(/ by oidc:[0-9a-f]{16}$/)]);
  });

  it('is open to no other origin', async () => {
    const { app, ask } = anOperatedApp();
    const origin = { origin: 'https://temporal.example.com' };

    const preflight = await app.inject({
      method: 'OPTIONS',
      url: '/api/v1/sessions',
      headers: { ...origin, 'access-control-request-method': 'GET' },
    });
    const read = await ask('GET', '/sessions', { headers: origin });

    expect(preflight.statusCode).toBe(404);
    for (const { headers } of [preflight, read]) expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('is nowhere without an operator', async () => {
    const { ask } = anOperatedApp({ operator: null });

    for (const [method, url] of ROUTES) expect((await ask(method, url)).statusCode).toBe(404);
  });
});

describe('settings', () => {
  const settings = (
    roles: readonly ApiToken['roles'][number][],
    oidc: typeof OIDC | null,
    codecToken: string | null = null,
  ) => ({
    config: { api: { oidc } },
    secrets: { codecToken, apiTokens: roles.length === 0 ? [] : [{ name: 'a', roles, token: DESK }] },
  });

  it.each([
    ['nothing', settings([], null), false, null],
    ['the token of the codec', settings([], null, DECODER), false, ['codec']],
    ['a token that decodes', settings(['decode'], null), false, ['a']],
    ['a token that reads', settings(['read'], null), true, ['a']],
    ['people who may decode', settings([], { ...OIDC, roles: { read: [], operate: [], decode: ['x'] } }), false, []],
    ['people who may operate', settings([], { ...OIDC, roles: { read: [], operate: ['x'], decode: [] } }), true, []],
  ])('turn the operator API on for whoever may use it: %s', (_, given, on, names) => {
    expect(hasOperators(given)).toBe(on);
    expect(toAccess(given)?.tokens.map(({ name }) => name) ?? null).toEqual(names);
  });
});

describe('the audit log', () => {
  it('has every write: who, what, which workflow, how it ended; and no reason, which is free text', async () => {
    const { ask, lines } = anOperatedApp();

    await ask('POST', '/sessions/academy/5401/hold', { body: { reason: 'anna is ill' } });
    await ask('POST', '/sessions/academy/9/resync');
    await ask('POST', '/sessions/academy/5401/resync', { token: READER });
    await ask('POST', '/sessions/academy/5401/resync', { token: 'nonsense' });

    const entries = lines.filter(({ audit }) => audit === true);
    expect(entries).toMatchObject([
      { action: 'hold', outcome: 'done', who: 'token:desk', workflowId: 'session/academy/5401' },
      {
        action: 'resync',
        outcome: 'failed',
        who: 'token:desk',
        workflowId: 'session/academy/9',
        code: 'TEMPORAL_NO_WORKFLOW',
      },
      { action: 'resync', outcome: 'refused', who: 'token:monitoring', code: 'API_FORBIDDEN' },
      { action: 'resync', outcome: 'refused', who: null, code: 'API_UNAUTHORIZED' },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/anna|dddd|rrrr/);
  });
});
