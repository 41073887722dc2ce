import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { anApp, closeApps, RIGHT, send } from './an-app';

afterEach(closeApps);

const TOKEN = 't'.repeat(32);

function anOpenApp() {
  const codec = { encode: async <T>(p: T) => p, decode: async <T>(p: T) => p };
  return anApp({
    access: { tokens: [{ name: 'desk', roles: ['read', 'operate', 'decode'], token: TOKEN }], oidc: null, fetch },
    codec: { codec, access: { kind: 'bearer' }, allowedOrigins: [] },
  });
}

describe('requests that two servers may read differently', () => {
  const head = ['POST /webhooks/docebo/acme HTTP/1.1', 'host: x', `authorization: ${RIGHT}`];
  const inner = 'POST /webhooks/docebo/acme HTTP/1.1\r\nhost: x\r\n\r\n';

  it.each([
    ['two lengths', ['content-length: 2', 'content-length: 40'], `{}${inner}`],
    ['a length and chunks', ['content-length: 2', 'transfer-encoding: chunked'], `0\r\n\r\n${inner}`],
    ['chunks that are not the last coding', ['transfer-encoding: chunked, identity'], `0\r\n\r\n${inner}`],
    ['a coding that is nearly chunked', ['transfer-encoding: xchunked'], `0\r\n\r\n${inner}`],
    ['a blank before the colon', ['transfer-encoding : chunked'], `0\r\n\r\n${inner}`],
    ['a folded header', ['x: a', ' content-length: 40', 'content-length: 2'], `{}${inner}`],
    ['a length with a sign', ['content-length: +2'], `{}${inner}`],
    ['lines that end in LF alone', ['x: a\ncontent-length: 2'], `{}${inner}`],
    ['a chunk size in other letters', ['transfer-encoding: chunked'], `0x2\r\n{}\r\n0\r\n\r\n`],
    ['no host', [], ''],
  ])('are refused, and the connection ends: %s', async (what, headers, body) => {
    const { app, hints } = anOpenApp();
    const first = what === 'no host' ? head.filter((line) => !line.startsWith('host')) : head;

    const answer = await talk(app, `${[...first, ...headers].join('\r\n')}\r\n\r\n${body}`);

    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400']);
    expect(hints.calls).toEqual([]);
  });
});

describe('bodies that grow', () => {
  it.each(['gzip', 'br', 'deflate', 'GZIP', 'gzip, identity'])('are refused unread: %s', async (encoding) => {
    const bomb = gzipSync(Buffer.alloc(10 * 1024 * 1024));
    const { app } = anOpenApp();
    const headers = { 'content-encoding': encoding, 'content-type': 'application/json' };

    const webhook = await send(app, { body: bomb, headers });
    const codec = await app.inject({
      method: 'POST',
      url: '/codec/decode',
      headers: { ...headers, authorization: `Bearer ${TOKEN}` },
      payload: bomb,
    });

    expect([webhook.json<{ code: string }>().code, codec.json<{ code: string }>().code]).toEqual([
      'INPUT_CONTENT_ENCODING',
      'INPUT_CONTENT_ENCODING',
    ]);
  });
});

describe('names that mean something to the language', () => {
  const polluted = '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"payloads":[]}';

  it('change nothing in a body', async () => {
    const { app } = anOpenApp();

    await send(app, { body: polluted });
    await app.inject({
      method: 'POST',
      url: '/codec/decode',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
      payload: '{"payloads":[{"metadata":{"__proto__":"eA=="},"data":""}],"__proto__":{"admin":true}}',
    });

    expect(({} as { admin?: unknown }).admin).toBeUndefined();
    expect(Object.prototype).not.toHaveProperty('admin');
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('are no platform: %s', async (platform) => {
    const { app, metrics } = anOpenApp();

    expect((await send(app, { platform, body: {} })).statusCode).toBe(404);
    expect(metrics.refused).toEqual([{ platform: null, code: 'INGRESS_PLATFORM_UNKNOWN' }]);
  });
});

describe('addresses and headers that carry more than they should', () => {
  it.each([
    ['a line break in the path', '/webhooks/docebo/acme%0d%0aset-cookie:x=1'],
    ['a zero byte', '/webhooks/docebo/acme%00'],
    ['a way up', '/webhooks/docebo/%2e%2e%2f%2e%2e%2fhealthz'],
    ['what is no percent-encoding', '/webhooks/docebo/%zz'],
    ['a very long part', `/webhooks/docebo/${'a'.repeat(500)}`],
  ])('reach no route, and come back in no header: %s', async (_, url) => {
    const { app, hints } = anOpenApp();

    const answer = await app.inject({ method: 'POST', url, headers: { authorization: 'Basic eDp5' }, payload: '{}' });

    expect([400, 401, 404]).toContain(answer.statusCode);
    expect(JSON.stringify(answer.headers)).not.toMatch(/set-cookie|healthz|%00/);
    expect(hints.calls).toEqual([]);
  });

  it('are not repeated: host, forwarded host, origin', async () => {
    const { app } = anOpenApp();
    const marks = { host: 'hostmark', 'x-forwarded-host': 'forwardmark', origin: 'https://originmark' };

    for (const url of ['/healthz', '/nothing', '/openapi.json', '/codec/decode', '/webhooks/docebo/acme']) {
      const answer = await app.inject({ method: url.length > 12 ? 'POST' : 'GET', url, headers: marks });
      expect(JSON.stringify(answer.headers) + answer.body).not.toMatch(/hostmark|forwardmark|originmark/);
    }
  });

  it.each(['TRACE', 'PUT', 'DELETE', 'PATCH'] as const)('no other verb does anything: %s', async (method) => {
    const { app, hints } = anOpenApp();

    const answer = await app.inject({
      method: method as 'PUT',
      url: '/webhooks/docebo/acme',
      headers: { authorization: RIGHT, 'x-http-method-override': 'POST' },
    });

    expect(answer.statusCode).toBe(404);
    expect(hints.calls).toEqual([]);
  });
});

describe('more connections than there is room for', () => {
  const health = 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n';
  const half = `POST /webhooks/docebo/acme HTTP/1.1\r\nhost: x\r\nauthorization: ${RIGHT}\r\ncontent-length: 18\r\n\r\n{`;

  it.each([
    ['has sent nothing', ''],
    ['sends its headers slowly', health.slice(0, -2)],
    ['sends its body slowly', half],
    ['has had its answer', health],
    ['was refused with a body to come', half.replace(RIGHT, 'Basic eDp5')],
  ])('close the one that has waited longest, which %s', async (_, bytes) => {
    const { app } = anApp({ limits: { connections: 2 } });
    const { port } = await listening(app);
    const longest = await connected(port);
    longest.resume();
    longest.write(bytes);
    const second = await connected(port);
    second.write(health);
    await once(second, 'data');

    const gone = once(longest, 'close');
    const third = await connected(port);
    await gone;

    for (const socket of [second, third]) {
      socket.write(health);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 /);
      socket.destroy();
    }
  });

  it('never close one whose message is being stored: then the newcomer goes', async () => {
    const { app, hints } = anApp({ limits: { connections: 1 } });
    let store = (): void => {};
    hints.behave(() => new Promise((resolve) => (store = resolve)));
    const { port } = await listening(app);
    const sender = await connected(port);
    sender.write(`${half}"sessions":["7"]}`.replace('content-length: 18', 'connection: close\r\ncontent-length: 18'));
    while (hints.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));

    const newcomer = connect({ port, host: '127.0.0.1' });
    newcomer.on('error', () => {});
    await once(newcomer, 'close');
    store();
    const [answer] = (await once(sender, 'data')) as [Buffer];

    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 /);
  });
});

async function listening(app: FastifyInstance): Promise<AddressInfo> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  return app.server.address() as AddressInfo;
}

async function connected(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  return socket;
}

/** All that comes back until the server ends the connection. */
async function talk(app: FastifyInstance, text: string): Promise<string> {
  const socket = await connected((await listening(app)).port);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => {});
  socket.write(text);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}
