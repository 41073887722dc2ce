import { ConfigError } from '../../src/domain/errors';
import { anApp, basic, closeApps, NOW, RIGHT, send, textLike, tinyReader } from './an-app';

afterEach(closeApps);

describe('POST /webhooks/docebo/:platform', () => {
  it('hands the hints over before it answers 200 with their number', async () => {
    const { app, hints, reports, metrics } = anApp();

    const answer = await send(app, { body: { sessions: ['7'], ignored: { elearning: 2 } } });

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ accepted: 1, ignored: 2, unknown: 0 });
    expect(hints.stored).toHaveLength(1);
    expect(hints.stored[0]).toMatchObject({
      platform: 'acme',
      workflowId: 'session/acme/7',
      batch: { receivedAt: NOW.toISOString(), hints: [{ key: 'm:0' }] },
    });
    expect(reports.webhooks).toEqual([{ platform: 'acme', at: NOW.toISOString() }]);
    expect(metrics.accepted).toEqual([{ platform: 'acme', hints: 1, ignored: 2, unknown: 0, foreignDomain: false }]);
    expect(metrics.refused).toEqual([]);
  });

  it('does not answer while the hints are not stored', async () => {
    const { app, hints } = anApp();
    let store = (): void => {};
    hints.behave(() => new Promise((resolve) => (store = resolve)));
    let answered = false;

    const answer = send(app, { body: { sessions: ['7'] } }).then((response) => {
      answered = true;
      return response;
    });
    while (hints.calls.length === 0) await new Promise(setImmediate);
    await new Promise(setImmediate);
    const before = answered;
    store();

    expect((await answer).statusCode).toBe(200);
    expect(before).toBe(false);
  });

  it('makes one batch for each session of a grouped message, with all its hints in order', async () => {
    const { app, hints } = anApp();
    const sessions = Array.from({ length: 25 }, (_, i) => String((i * 7) % 4));

    const answer = await send(app, { body: { sessions, course: '12' } });

    expect(answer.json()).toEqual({ accepted: 26, ignored: 0, unknown: 0 });
    const keys = Object.fromEntries(hints.stored.map((c) => [c.workflowId, c.batch.hints.map((h) => h.key)]));
    const expected = (session: string) => sessions.flatMap((s, i) => (s === session ? [`m:${i}`] : []));
    expect(keys).toEqual({
      'session/acme/0': expected('0'),
      'session/acme/1': expected('1'),
      'session/acme/2': expected('2'),
      'session/acme/3': expected('3'),
      'course/acme/12': ['m:c'],
    });
    expect(hints.stored).toHaveLength(5);
  });

  it('answers 200 to an authentic event that nobody knows, and reports its shape', async () => {
    const { app, hints, reports, metrics } = anApp();

    const answer = await send(app, { body: { unknown: 'badge.assigned' } });

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ accepted: 0, ignored: 0, unknown: 1 });
    expect(hints.calls).toEqual([]);
    const shape = { event: 'badge.assigned', pointers: ['/a', '/b'], reason: 'unknown-event' };
    expect(reports.unknown).toEqual([{ platform: 'acme', shapes: [shape] }]);
    expect(metrics.accepted).toMatchObject([{ unknown: 1 }]);
  });

  it.each([
    ['the platform itself', 'acme.docebosaas.com', []],
    ['the platform in capitals', ' ACME.docebosaas.com', []],
    ['no domain', null, []],
    ['another domain', 'Sandbox.docebosaas.com', ['sandbox.docebosaas.com']],
    ['what is no host name', 'Anna <anna@example.com>', ['(not a host name)']],
  ])('accepts a message that names %s and reports a foreign domain alone', async (_, domain, foreign) => {
    const { app, hints, reports, metrics } = anApp();

    const answer = await send(app, { body: { sessions: ['7'], domain } });

    expect(answer.statusCode).toBe(200);
    expect(hints.stored).toHaveLength(1);
    expect(reports.foreignDomains.map((f) => f.domain)).toEqual(foreign);
    expect(metrics.accepted).toMatchObject([{ foreignDomain: foreign.length > 0 }]);
  });

  it('compares no domain when the platform names none', async () => {
    const { app, reports } = anApp();

    await send(app, {
      platform: 'globex',
      headers: { authorization: basic('globex', 'other') },
      body: { domain: 'elsewhere.example.com' },
    });

    expect(reports.foreignDomains).toEqual([]);
    expect(reports.webhooks).toHaveLength(1);
  });
});

describe('credentials of a webhook', () => {
  it.each([
    ['the new password', basic('docebo', 'new secret')],
    ['the old password, with a colon in it, in messages queued before the change', basic('docebo', 'old: secret')],
    ['a scheme in small letters', RIGHT.replace('Basic', 'basic')],
  ])('accepts %s', async (_, authorization) => {
    const { app, hints } = anApp();

    const answer = await send(app, { headers: { authorization }, body: { sessions: ['7'] } });

    expect(answer.statusCode).toBe(200);
    expect(hints.stored).toHaveLength(1);
  });

  it('takes passwords as UTF-8', async () => {
    const credentials = [{ user: 'docebo', password: 'pässwörd €' }];
    const { app } = anApp({ platforms: { acme: { readWebhook: tinyReader, credentials, originalDomain: null } } });

    const answer = await send(app, { headers: { authorization: basic('docebo', 'pässwörd €') }, body: {} });

    expect(answer.statusCode).toBe(200);
  });

  it.each([
    ['a wrong password', basic('docebo', 'wrong')],
    ['a prefix of the password', basic('docebo', 'new secre')],
    ['a wrong user', basic('Docebo', 'new secret')],
    ["another platform's", basic('globex', 'other')],
    ['no password', basic('docebo', '')],
    ['another scheme', 'Bearer new-secret'],
    ['no scheme', 'docebo:new secret'],
    ['what is no base64', 'Basic ***'],
    ['nothing', ''],
  ])('refuses %s with 401 and a challenge, before it reads the body', async (_, authorization) => {
    const { app, hints, reports, metrics } = anApp();

    const answer = await send(app, { headers: { authorization }, body: 'not even JSON' });

    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Basic realm="convoke", charset="UTF-8"');
    expect(answer.json()).toMatchObject({ code: 'INGRESS_UNAUTHORIZED', message: textLike(/HTTP Basic/) });
    expect(hints.calls).toEqual([]);
    expect(reports.authenticationFailures).toEqual(['acme']);
    expect(reports.webhooks).toEqual([]);
    expect(metrics.refused).toEqual([{ platform: 'acme', code: 'INGRESS_UNAUTHORIZED' }]);
  });

  it('shows strangers no difference between an unknown platform and a wrong password', async () => {
    const { app, reports } = anApp();
    const headers = { authorization: basic('docebo', 'wrong') };

    const unknown = await send(app, { platform: 'nobody', headers, body: {} });
    const known = await send(app, { platform: 'acme', headers, body: {} });

    const visible = (answer: typeof known) => ({
      status: answer.statusCode,
      body: { ...answer.json<Record<string, unknown>>(), occurrenceId: null },
      headers: { ...answer.headers, date: null, 'x-request-id': null },
    });
    expect(visible(unknown)).toEqual(visible(known));
    expect(reports.authenticationFailures).toEqual(['acme']);
  });

  it.each(['nobody', '__proto__', 'constructor', 'toString'])(
    'tells whoever holds credentials that the path names no platform: %s',
    async (platform) => {
      const { app, hints, metrics } = anApp();

      const answer = await send(app, { platform, body: { sessions: ['7'] } });

      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({
        code: 'INGRESS_PLATFORM_UNKNOWN',
        message: textLike(/check the webhook URL/),
      });
      expect(hints.calls).toEqual([]);
      expect(metrics.refused).toEqual([{ platform: null, code: 'INGRESS_PLATFORM_UNKNOWN' }]);
    },
  );
});

describe('settings of the ingress', () => {
  it.each([
    [
      'a platform without credentials',
      { platforms: { acme: { readWebhook: tinyReader, credentials: [], originalDomain: null } } },
      /platform acme has no webhook credentials: set a user and a password/,
    ],
    ['an empty password', { platforms: withCredential('docebo', '') }, /platform acme: .* password is empty/],
    ['a user that Basic authentication cannot carry', { platforms: withCredential('a:b', 'x') }, /holds a colon/],
    [
      'a codec that asks for a token when there is none',
      { codec: { codec: anyCodec(), access: { kind: 'bearer' as const }, allowedOrigins: [] } },
      /ask for a token, but no token would open it/,
    ],
    [
      'an empty token',
      { access: { tokens: [{ name: 'a', roles: [], token: '' }], oidc: null, fetch } },
      /a token of the api is empty/,
    ],
    ["a deadline beyond Docebo's", { limits: { ackDeadlineMs: 5_000 } }, /deadline is 5000 ms: Docebo waits 5000 ms/],
    ['no deadline', { limits: { ackDeadlineMs: Number.NaN } }, /deadline is NaN ms/],
    [
      'a codec for every origin',
      { codec: { codec: anyCodec(), access: { kind: 'network' as const }, allowedOrigins: ['*'] } },
      /allows any origin \(\*\): name the Web UI/,
    ],
  ])('refuses %s', (_, overrides, message) => {
    expect(() => anApp(overrides)).toThrow(message);
    expect(() => anApp(overrides)).toThrow(ConfigError);
  });
});

function withCredential(user: string, password: string) {
  return { acme: { readWebhook: tinyReader, credentials: [{ user, password }], originalDomain: null } };
}

function anyCodec() {
  return { encode: async <T>(payloads: T) => payloads, decode: async <T>(payloads: T) => payloads };
}
