import type { Payload } from '@temporalio/common';
import type { CodecEndpoint } from '../../src/api/app-deps';
import { InputError } from '../../src/domain/errors';
import { createPayloadCodec } from '../../src/temporal/payload-codec';
import { anApp, closeApps, textLike } from './an-app';

afterEach(closeApps);

const UI = 'http://127.0.0.1:8233';
const real = createPayloadCodec([{ id: 'k1', key: new Uint8Array(32).fill(7) }]);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const plain = { metadata: { encoding: base64('json/plain') }, data: base64('"Anna"') };

const WITH_TOKEN = {
  access: { tokens: [{ name: 'codec', roles: ['decode'], token: 'secret' }], oidc: null, fetch },
} as const;

function aCodecApp(overrides: Partial<CodecEndpoint> = {}, more: Parameters<typeof anApp>[0] = {}) {
  return anApp({ codec: { codec: real, access: { kind: 'loopback' }, allowedOrigins: [UI], ...overrides }, ...more })
    .app;
}

function post(app: ReturnType<typeof aCodecApp>, verb: string, payload: unknown, headers: Record<string, string> = {}) {
  return app.inject({
    method: 'POST',
    url: `/codec/${verb}`,
    headers: { 'content-type': 'application/json', 'x-namespace': 'convoke', origin: UI, ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });
}

describe('the codec endpoint', () => {
  it("takes a call without arguments as Temporal's CLI sends it", async () => {
    const answer = await post(aCodecApp(), 'encode', {});

    expect([answer.statusCode, answer.json()]).toEqual([200, { payloads: [] }]);
  });

  it('turns plain payloads into stored ones and back, in order', async () => {
    const app = aCodecApp();
    const second = { metadata: { encoding: base64('binary/null') } };

    const encoded = await post(app, 'encode', { payloads: [plain, second] });
    const decoded = await post(app, 'decode', encoded.json());

    expect(encoded.statusCode).toBe(200);
    expect(encoded.body).not.toContain(plain.data);
    const stored = encoded.json<{ payloads: { metadata: Record<string, string> }[] }>().payloads;
    expect(stored.map((p) => Buffer.from(p.metadata['encoding'] ?? '', 'base64').toString())).toEqual([
      'binary/convoke-v1',
      'binary/convoke-v1',
    ]);
    expect(decoded.json()).toEqual({ payloads: [plain, second] });
  });

  it('hands the codec bytes', async () => {
    const seen: Payload[][] = [];
    const app = aCodecApp({
      codec: {
        encode: async (p) => p,
        decode: async (p) => {
          seen.push(p);
          return p;
        },
      },
    });

    const answer = await post(app, 'decode', { payloads: [plain, {}] });

    expect(seen).toEqual([
      [
        { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"Anna"') },
        { metadata: {}, data: Buffer.alloc(0) },
      ],
    ]);
    expect(answer.json()).toEqual({ payloads: [plain, { metadata: {} }] });
  });

  it('is not there without a codec', async () => {
    const { app } = anApp();

    expect((await post(app, 'decode', { payloads: [] })).statusCode).toBe(404);
  });

  it.each([
    ['an empty body', '', 400, 'INPUT_BODY_EMPTY', /empty/],
    ['what is no JSON', '{', 400, 'INPUT_BODY_NOT_JSON', /cut off/],
    ['no object', [], 400, 'INPUT_REQUEST', /must be object/],
    ['payloads that are no list', { payloads: 'x' }, 400, 'INPUT_REQUEST', /body\/payloads must be array/],
    ['data that is no text', { payloads: [{ data: 7 }] }, 400, 'INPUT_REQUEST', /payloads\/0\/data must be string/],
    ['data that is no base64', { payloads: [{ data: 'ä!' }] }, 400, 'INPUT_CODEC_PAYLOADS', /payloads\/0\/data is not/],
    [
      'metadata that is no base64',
      { payloads: [plain, { metadata: { encoding: 'j/p!' } }] },
      400,
      'INPUT_CODEC_PAYLOADS',
      /payloads\/1\/metadata is not base64/,
    ],
    [
      "another key's payload",
      { payloads: [{ metadata: { encoding: base64('binary/convoke-v1'), 'encryption-key-id': base64('k9') } }] },
      400,
      'INPUT_CODEC_PAYLOADS',
      /cannot decode these payloads \(CONFIG_CODEC_KEYS\)/,
    ],
  ])('answers %s with the reason', async (_, payload, status, code, message) => {
    const answer = await post(aCodecApp(), 'decode', payload);

    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ code, message: textLike(message) });
  });

  it('refuses other content types, so that every web page needs a preflight', async () => {
    const answer = await post(aCodecApp(), 'decode', { payloads: [] }, { 'content-type': 'text/plain' });

    expect(answer.statusCode).toBe(415);
    expect(answer.json()).toMatchObject({ code: 'INPUT_CONTENT_TYPE' });
  });

  it('refuses a body beyond its own limit', async () => {
    const app = aCodecApp({}, { limits: { codecBodyBytes: 50 } });

    expect((await post(app, 'decode', { payloads: [plain] })).statusCode).toBe(413);
  });

  it('logs no payload, neither in success nor in failure', async () => {
    const lines: string[] = [];
    const codec = { encode: async (p: Payload[]) => p, decode: fail };
    const app = aCodecApp({ codec }, { logger: { level: 'trace', stream: { write: (line) => lines.push(line) } } });

    await post(app, 'encode', { payloads: [plain] });
    const failed = await post(app, 'decode', { payloads: [plain] });

    expect(failed.json()).toMatchObject({ message: 'The codec cannot decode these payloads (CODEC_UNREADABLE).' });
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join()).not.toMatch(new RegExp(`Anna|${plain.data}|${plain.metadata.encoding}`));
  });
});

describe('access to the codec endpoint', () => {
  it('answers preflights of the Web UI, without credentials', async () => {
    const app = aCodecApp({ access: { kind: 'bearer' } }, WITH_TOKEN);

    const answer = await app.inject({
      method: 'OPTIONS',
      url: '/codec/decode',
      headers: {
        origin: UI,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-namespace,content-type,authorization',
      },
    });

    expect(answer.statusCode).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': UI,
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'x-namespace, content-type, authorization',
    });
  });

  it('lets the Web UI read the answer, errors too, and no other origin', async () => {
    const app = aCodecApp();

    const ui = await post(app, 'decode', { payloads: [] });
    const error = await post(app, 'decode', {});
    const other = await post(app, 'decode', { payloads: [] }, { origin: 'http://evil.example.com' });

    expect(ui.headers['access-control-allow-origin']).toBe(UI);
    expect(error.headers['access-control-allow-origin']).toBe(UI);
    expect(other.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each([
    ['the token', 'Bearer secret', 200],
    ['the token, its scheme in small letters', 'bearer secret', 200],
    ['another token', 'Bearer secrets', 401],
    ['another scheme', 'Basic secret', 401],
    ['no token', 'Bearer ', 401],
    ['nothing', '', 401],
  ])('by bearer token: %s', async (_, authorization, status) => {
    const app = aCodecApp({ access: { kind: 'bearer' } }, WITH_TOKEN);

    const answer = await post(app, 'decode', { payloads: [] }, { authorization });

    expect(answer.statusCode).toBe(status);
    if (status === 401) {
      expect(answer.json()).toMatchObject({ code: 'CODEC_UNAUTHORIZED' });
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="convoke-codec", error="invalid_token"');
    }
  });

  it.each([
    ['this machine', {}, '127.0.0.1', 200],
    ['this machine by IPv6', { host: '[::1]:8080' }, '::1', 200],
    ['another machine', {}, '203.0.113.9', 401],
    ['this machine under a foreign name', { host: 'rebound.example.com' }, '127.0.0.1', 401],
    ['a proxy or tunnel on this machine', { 'x-forwarded-for': '203.0.113.9' }, '127.0.0.1', 401],
    ['a proxy by the standard header', { forwarded: 'for=203.0.113.9' }, '127.0.0.1', 401],
  ])('by loopback: %s', async (_, headers: Record<string, string>, remoteAddress, status) => {
    const answer = await aCodecApp().inject({
      method: 'POST',
      url: '/codec/decode',
      headers: { 'content-type': 'application/json', host: 'localhost:8080', ...headers },
      remoteAddress,
      payload: { payloads: [] },
    });

    expect(answer.statusCode).toBe(status);
  });

  it('by network: whoever reaches it', async () => {
    const answer = await aCodecApp({ access: { kind: 'network' } }).inject({
      method: 'POST',
      url: '/codec/decode',
      headers: { host: 'codec.example.com', 'x-forwarded-for': '203.0.113.9' },
      remoteAddress: '10.0.0.1',
      payload: { payloads: [] },
    });

    expect(answer.statusCode).toBe(200);
  });
});

async function fail(): Promise<never> {
  throw new InputError('A payload could not be decrypted', { code: 'CODEC_UNREADABLE' });
}
