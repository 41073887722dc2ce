import crypto from 'node:crypto';
import type { ApiToken } from '../../src/app/config/api-tokens';
import { createTokenFinder } from '../../src/api/auth/static-tokens';
import { createBasicVerifier } from '../../src/api/credentials';
import type { AppDeps } from '../../src/api/app-deps';
import { AnIssuer, OIDC } from './an-issuer';
import { anApp, basic, closeApps, RIGHT, send, textLike } from './an-app';

afterEach(async () => {
  jest.restoreAllMocks();
  await closeApps();
});

const TOKENS: readonly ApiToken[] = [
  { name: 'monitoring', roles: ['read'], token: 'm'.repeat(32) },
  { name: 'desk', roles: ['operate', 'decode'], token: 'd'.repeat(32) },
  { name: 'desk', roles: ['operate', 'decode'], token: 'e'.repeat(32) },
];
const DESK = `Bearer ${'d'.repeat(32)}`;
const codec = { encode: async <T>(p: T) => p, decode: async <T>(p: T) => p };

function aGuardedApp(overrides: Partial<AppDeps> = {}) {
  const lines: Record<string, unknown>[] = [];
  const { app } = anApp({
    access: { tokens: TOKENS, oidc: null, fetch },
    codec: { codec, access: { kind: 'bearer' }, allowedOrigins: [] },
    logger: { level: 'error', stream: { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) } },
    ...overrides,
  });
  return { app, lines };
}

function decode(
  app: ReturnType<typeof aGuardedApp>['app'],
  headers: Record<string, string>,
  remoteAddress = '203.0.113.7',
) {
  return app.inject({
    method: 'POST',
    url: '/codec/decode',
    headers: { 'content-type': 'application/json', 'x-namespace': 'convoke', ...headers },
    remoteAddress,
    payload: { payloads: [{ data: 'YQ==' }] },
  });
}

describe('tokens', () => {
  it('may be several for one name, while one takes the place of the other', async () => {
    const { app } = aGuardedApp();

    for (const letter of ['d', 'e'])
      expect((await decode(app, { authorization: `Bearer ${letter.repeat(32)}` })).statusCode).toBe(200);
  });

  it('are refused without the role, with what is missing', async () => {
    const { app } = aGuardedApp();

    const answer = await decode(app, { authorization: `Bearer ${'m'.repeat(32)}` });

    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ code: 'API_FORBIDDEN', message: textLike(/role decode/) });
    expect(answer.headers['www-authenticate']).toContain('error="insufficient_scope"');
  });

  it('are all compared whole, whether the first, the last or none is right', () => {
    const compare = jest.spyOn(crypto, 'timingSafeEqual');
    const find = createTokenFinder(TOKENS);
    const counts = ['m'.repeat(32), 'e'.repeat(32), 'm'.repeat(31), ''].map((token) => {
      compare.mockClear();
      find(token);
      return compare.mock.calls.length;
    });

    expect(counts).toEqual([3, 3, 3, 3]);
  });

  it('that are wrong get 429 after so many in a minute, and right ones of the same address never do', async () => {
    const { app, lines } = aGuardedApp({ limits: { failuresPerMinute: 2 } });
    const wrong: number[] = [];
    for (let i = 0; i < 4; i++) wrong.push((await decode(app, { authorization: `Bearer guess${i}` })).statusCode);

    const right = await decode(app, { authorization: DESK });
    const elsewhere = await decode(app, { authorization: 'Bearer guess' }, '203.0.113.8');

    expect(wrong).toEqual([401, 401, 429, 429]);
    expect([right.statusCode, elsewhere.statusCode]).toEqual([200, 401]);
    expect(lines.filter(({ outcome }) => outcome === 'refused')).toHaveLength(3);
  });

  it('stay good during an outage of the identity provider, whose own get 503 then', async () => {
    const issuer = new AnIssuer();
    issuer.status = 0;
    const { app } = aGuardedApp({ access: { tokens: TOKENS, oidc: OIDC, fetch: issuer.fetch } });

    const own = await decode(app, { authorization: DESK });
    const theirs = await decode(app, { authorization: `Bearer ${await issuer.token()}` });

    expect([own.statusCode, theirs.statusCode]).toEqual([200, 503]);
    expect(theirs.json()).toMatchObject({ code: 'API_OIDC_UNAVAILABLE' });
    expect(theirs.body).not.toContain('login.example.com');
  });
});

describe('webhook passwords', () => {
  it('take the same comparisons for a platform that is not there as for a wrong password', () => {
    const compare = jest.spyOn(crypto, 'timingSafeEqual');
    const verify = createBasicVerifier({
      acme: { credentials: [{ user: 'a', password: 'b' }] },
      globex: { credentials: [{ user: 'c', password: 'd' }] },
    });
    const counts = (['acme', 'nobody', '__proto__'] as const).flatMap((platform) =>
      [basic('a', 'b'), basic('x', 'y'), undefined].map((authorization) => {
        compare.mockClear();
        verify(authorization, platform);
        return compare.mock.calls.length;
      }),
    );

    expect(counts).toEqual(counts.map(() => 2));
  });

  it('that are wrong get 429 after so many in a minute, and right ones of the same address never do', async () => {
    const { app, hints, reports, metrics } = anApp({ limits: { failuresPerMinute: 3 } });
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) {
      statuses.push((await send(app, { headers: { authorization: basic('docebo', 'guess') } })).statusCode);
      statuses.push((await send(app, { body: { sessions: [String(i)] } })).statusCode);
    }
    const refused = await send(app, { headers: { authorization: '' } });

    expect(statuses).toEqual([401, 200, 401, 200, 401, 200, 429, 200, 429, 200, 429, 200]);
    expect(hints.stored).toHaveLength(6);
    expect(refused.json()).toMatchObject({ code: 'API_THROTTLED' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers['connection']).toBe('close');
    expect(reports.authenticationFailures).toHaveLength(3);
    expect(metrics.refused.filter(({ code }) => code === 'API_THROTTLED')).toHaveLength(4);
  });

  it('lets a burst of grouped messages and redeliveries through, however large', async () => {
    const { app, hints } = anApp({ limits: { failuresPerMinute: 1, callsPerMinute: 1 } });

    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, i) => send(app, { body: { sessions: [String(i % 25)] } })),
    );

    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(hints.stored).toHaveLength(300);
  });

  it('are counted by the address that a trusted proxy names, and by no header that anybody may write', async () => {
    const guess = (app: ReturnType<typeof anApp>['app'], from: string) =>
      send(app, { headers: { authorization: basic('a', 'b'), 'x-forwarded-for': from } });
    const limits = { failuresPerMinute: 1 };
    const behindProxy = anApp({ limits, trustProxy: ['127.0.0.1'] }).app;
    const bare = anApp({ limits }).app;

    const proxied = [await guess(behindProxy, '203.0.113.1'), await guess(behindProxy, '203.0.113.2')];
    const spoofed = [await guess(bare, '203.0.113.1'), await guess(bare, '203.0.113.2')];

    expect(proxied.map((a) => a.statusCode)).toEqual([401, 401]);
    expect(spoofed.map((a) => a.statusCode)).toEqual([401, 429]);
  });

  it('fill no log when there is a flood of wrong ones', async () => {
    const lines: string[] = [];
    const logger = { level: 'info', stream: { write: (line: string) => lines.push(line) } };
    const { app } = anApp({ logger, limits: { failuresPerMinute: 2 } });

    for (let i = 0; i < 50; i++) await send(app, { headers: { authorization: 'Basic eDp5' } });

    expect(lines.length).toBeLessThan(12);
    expect(lines.join()).toContain('too many refusals');
  });

  it('goes on: nothing but Basic authentication opens the webhook', async () => {
    const { app } = anApp({ access: { tokens: TOKENS, oidc: null, fetch } });

    expect((await send(app, { body: {}, headers: { authorization: DESK } })).statusCode).toBe(401);
    expect((await send(app, { body: { sessions: [] }, headers: { authorization: RIGHT } })).statusCode).toBe(200);
  });
});

describe('the pace of a known caller', () => {
  it('is bounded for each name by itself', async () => {
    const { app } = aGuardedApp({ limits: { callsPerMinute: 2 } });
    const as = (letter: string) => decode(app, { authorization: `Bearer ${letter.repeat(32)}` });

    const desk = [await as('d'), await as('e'), await as('d')];
    const other = await as('m');

    expect(desk.map((a) => a.statusCode)).toEqual([200, 200, 429]);
    expect(Number(desk[2]?.headers['retry-after'])).toBeGreaterThan(0);
    expect(other.statusCode).toBe(403);
  });

  it('is bounded by address where the network is trusted instead of a token', async () => {
    const { app } = aGuardedApp({
      codec: { codec, access: { kind: 'network' }, allowedOrigins: [] },
      limits: { callsPerMinute: 1 },
    });

    const answers = [await decode(app, {}), await decode(app, {}), await decode(app, {}, '203.0.113.8')];

    expect(answers.map((a) => a.statusCode)).toEqual([200, 429, 200]);
  });
});

describe('the audit log', () => {
  it('has who decoded how much, whatever the log level, and no payload', async () => {
    const { app, lines } = aGuardedApp();

    await decode(app, { authorization: DESK });

    expect(lines).toMatchObject([
      {
        audit: true,
        action: 'codec.decode',
        outcome: 'done',
        who: 'token:desk',
        payloads: 1,
        namespace: 'convoke',
        remoteAddress: '203.0.113.7',
        reqId: textLike(/./),
      },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/YQ==|dddd/);
  });

  it('has what was refused, and what a caller calls its namespace only when it is a name', async () => {
    const { app, lines } = aGuardedApp();

    await decode(app, { authorization: 'Bearer nonsense' });
    await decode(app, { authorization: `Bearer ${'m'.repeat(32)}` });
    await decode(app, { authorization: DESK, 'x-namespace': 'anna@example.com <x>' });

    expect(lines).toMatchObject([
      { audit: true, outcome: 'refused', code: 'CODEC_UNAUTHORIZED', who: null },
      { audit: true, outcome: 'refused', code: 'API_FORBIDDEN', who: 'token:monitoring' },
      { audit: true, outcome: 'done', who: 'token:desk' },
    ]);
    expect(lines[2]).not.toHaveProperty('namespace');
  });
});
