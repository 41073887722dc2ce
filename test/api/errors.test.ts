import { setTimeout as sleep } from 'node:timers/promises';
import { API_ERRORS, httpStatusOf, toAppError } from '../../src/api/api-errors';
import {
  AccessError,
  ConfigError,
  ConflictError,
  ContractError,
  InputError,
  InvariantError,
  NotFoundError,
  ThrottledError,
  UpstreamError,
  type AppError,
} from '../../src/domain/errors';
import { anApp, closeApps, RIGHT, someText, textLike } from './an-app';

afterEach(closeApps);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('errors of the API', () => {
  it.each([
    ['an unknown path', 'GET', '/nothing?mail=anna@example.com', 404, 'API_ROUTE_NOT_FOUND'],
    ['another method', 'GET', '/webhooks/docebo/acme', 404, 'API_ROUTE_NOT_FOUND'],
    ['a body for an unknown path', 'POST', '/nothing', 404, 'API_ROUTE_NOT_FOUND'],
    ['a path that cannot be decoded', 'POST', '/webhooks/docebo/%ZZ', 400, 'INPUT_URL'],
    ['a platform beyond measure', 'POST', `/webhooks/docebo/${'a'.repeat(65)}`, 400, 'INPUT_URL'],
  ] as const)('have one shape: %s', async (_, method, url, status, code) => {
    const { app } = anApp();

    const answer = await app.inject({ method, url, headers: { authorization: RIGHT }, payload: undefined });

    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.json()).toEqual({ code, message: someText, occurrenceId: textLike(UUID) });
    expect(answer.body).not.toMatch(/anna|nothing|aaaa|%ZZ/);
  });

  it.each<[AppError, number]>([
    [new ConfigError(['secret detail']), 500],
    [new InputError('told', { code: 'INPUT_X' }), 400],
    [new NotFoundError('told', { code: 'X_NOT_FOUND' }), 404],
    [new ConflictError('told', { code: 'X_CONFLICT' }), 409],
    [new AccessError('secret detail', { code: 'X_ACCESS' }), 502],
    [new ThrottledError('secret detail', { code: 'X_THROTTLED', retryAfterMs: 1_500 }), 503],
    [new UpstreamError('secret detail', { code: 'X_UNAVAILABLE' }), 502],
    [new ContractError('secret detail', { code: 'X_CONTRACT' }), 502],
    [new InvariantError('secret detail', { code: 'BUG_X' }), 500],
  ])('keep their code, and their words below 500 alone: %s', async (error, status) => {
    const lines: string[] = [];
    const { app } = anApp({ logger: { stream: { write: (line) => lines.push(line) } } });
    app.get('/thrower', () => {
      throw error;
    });

    const answer = await app.inject('/thrower');

    expect(answer.statusCode).toBe(status);
    const body = answer.json<{ code: string; message: string; occurrenceId: string }>();
    expect(body.code).toBe(error.code);
    expect(answer.body).not.toContain('secret detail');
    if (status < 500) expect(body.message).toBe('told');
    expect(lines.filter((line) => line.includes(body.occurrenceId))).toHaveLength(1);
    expect(answer.headers['retry-after']).toBe(status === 503 ? '2' : undefined);
  });

  it.each([
    ['an error', new Error('secret detail')],
    ['text', 'secret detail'],
    ['nothing', null],
  ])('are our bug when nobody foresaw them: %s', async (_, thrown) => {
    const error = toAppError(thrown);

    expect(httpStatusOf(error)).toBe(500);
    expect(error).toMatchObject({ kind: 'invariant', code: 'BUG_UNEXPECTED', message: 'An unforeseen error' });
  });

  it('know a status for each code of this room', () => {
    for (const [code, status] of Object.entries(API_ERRORS)) {
      expect(code).toMatch(/^(INPUT|INGRESS|CODEC|API|BUG)_[A-Z0-9_]+$/);
      expect(httpStatusOf(new InputError('x', { code }))).toBe(status);
    }
  });
});

describe('headers of every answer', () => {
  it('are those of a careful API', async () => {
    const { app } = anApp();

    for (const url of ['/healthz', '/nothing']) {
      const { headers } = await app.inject(url);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-request-id': textLike(UUID),
      });
      expect(headers).not.toHaveProperty('x-powered-by');
    }
  });

  it.each([
    ['keeps a harmless one', 'edge-7.a_B', /^edge-7\.a_B$/],
    ['replaces one with other characters', 'a b\u00e9', UUID],
    ['replaces one beyond measure', 'a'.repeat(65), UUID],
  ])('carry the request id and %s', async (_, given, expected) => {
    const { app } = anApp();

    const { headers } = await app.inject({ url: '/healthz', headers: { 'x-request-id': given } });

    expect(headers['x-request-id']).toMatch(expected);
  });
});

describe('the request log', () => {
  it('tells route, status and caller, but no query, no header, no body and no foreign path', async () => {
    const lines: string[] = [];
    const { app } = anApp({ logger: { level: 'trace', stream: { write: (line) => lines.push(line) } } });
    const marks = { authorization: RIGHT, cookie: 'cookiemark', 'x-other': 'othermark' };

    await app.inject({
      method: 'POST',
      url: '/webhooks/docebo/acme?token=querymark',
      headers: marks,
      payload: { sessions: ['5401'], note: 'bodymark' },
    });
    await app.inject({ url: '/pathmark?x=querymark', headers: marks });
    await sleep(0);

    expect(lines.join()).not.toMatch(/querymark|cookiemark|othermark|bodymark|pathmark|Basic /);
    const ended = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg === 'webhook accepted' || msg === 'request completed');
    expect(ended).toMatchObject([
      {
        req: { method: 'POST', route: '/webhooks/docebo/:platform', platform: 'acme', remoteAddress: '127.0.0.1' },
        res: { statusCode: 200 },
        responseTimeMs: expect.any(Number) as number,
      },
      { req: { method: 'GET', route: '(none)' }, res: { statusCode: 404 } },
    ]);
  });

  it('tells where an unforeseen error comes from, but not its message, which may quote data', async () => {
    const lines: string[] = [];
    const { app } = anApp({ logger: { stream: { write: (line) => lines.push(line) } } });
    app.get('/thrower', () => {
      throw new TypeError('cannot read anna@example.com', { cause: new Error('of anna@example.com') });
    });

    const { occurrenceId } = (await app.inject('/thrower')).json<{ occurrenceId: string }>();

    const failed = lines.filter((line) => line.includes(occurrenceId));
    expect(failed).toHaveLength(1);
    expect(JSON.parse(failed[0] ?? '')).toMatchObject({
      err: { code: 'BUG_UNEXPECTED', cause: { type: 'TypeError', stack: textLike(/errors\.test/) } },
    });
    expect(lines.join()).not.toContain('anna');
  });

  it('hides an authorization header that somebody logs', async () => {
    const lines: string[] = [];
    const { app } = anApp({
      logger: { redact: ['mine'], stream: { write: (line) => lines.push(line) } },
    });

    app.log.info({ headers: { authorization: 'headermark' }, authorization: 'headermark', mine: 'ownmark' }, 'x');

    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toMatch(/headermark|ownmark/);
  });

  it('believes no forwarded address unless a proxy is named', async () => {
    const lines: string[] = [];
    const logger = { stream: { write: (line: string) => lines.push(line) } };
    const headers = { 'x-forwarded-for': '203.0.113.9' };

    await anApp({ logger }).app.inject({ url: '/nothing', headers });
    await anApp({ logger, trustProxy: ['127.0.0.1'] }).app.inject({ url: '/nothing', headers });

    const callers = lines
      .map((line) => JSON.parse(line) as { msg: string; req?: { remoteAddress: string } })
      .filter((line) => line.msg === 'request completed');
    expect(callers.map((line) => line.req?.remoteAddress)).toEqual(['127.0.0.1', '203.0.113.9']);
  });

  it('is silent about health checks that go well', async () => {
    const lines: string[] = [];
    const { app } = anApp({ logger: { stream: { write: (line) => lines.push(line) } } });

    await app.inject('/healthz');
    await app.inject('/readyz');

    expect(lines).toEqual([]);
  });
});
