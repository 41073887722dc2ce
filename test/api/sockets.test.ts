import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { aLog } from './a-log';
import { anApp, closeApps, RIGHT, send, someText, textLike } from './an-app';

afterEach(closeApps);

describe('connections', () => {
  it('sends no hint for a body that is cut off by the sender, and goes on', async () => {
    const { app, hints, metrics } = anApp();
    const socket = await open(app);

    socket.write(`${head({ 'content-length': '1000' })}{"sessions":["7"]}`);
    await untilTrue(() => requestsIn(app) > 0);
    socket.destroy();
    await untilTrue(() => metrics.refused.length > 0);

    expect(metrics.refused).toEqual([{ platform: 'acme', code: 'INPUT_BODY_CUT' }]);
    expect(hints.calls).toEqual([]);
    expect((await send(app, { body: { sessions: ['8'] } })).statusCode).toBe(200);
  });

  it('stores the hints of a whole message whose sender does not wait for the answer', async () => {
    const { lines, stream } = aLog();
    const { app, hints, reports, metrics } = anApp({ logger: { stream } });
    let store = (): void => {};
    hints.behave(() => new Promise((resolve) => (store = resolve)));
    const socket = await open(app);
    const body = '{"sessions":["7"]}';

    socket.write(`${head({ 'content-length': String(body.length) })}${body}`);
    await untilTrue(() => hints.calls.length > 0);
    socket.destroy();
    await untilTrue(() => connectionsOf(app) === 0);
    store();
    await untilTrue(() => reports.webhooks.length > 0);
    hints.behave(async () => undefined);
    await send(app, { body: { sessions: ['8'] } });

    expect(hints.stored).toHaveLength(2);
    expect(metrics.refused).toEqual([]);
    const told = { platform: 'acme', accepted: 1, workflowIds: ['session/acme/7'], hintKeys: ['m:0'] };
    expect(lines()).toMatchObject([
      { msg: 'answer cut off', errorCode: 'ERR_STREAM_PREMATURE_CLOSE', ...told },
      { msg: 'webhook accepted', workflowIds: ['session/acme/8'] },
    ]);
  });

  it('says so once when the sender goes while the answer is on its way', async () => {
    const { lines, stream } = aLog();
    const { app } = anApp({ logger: { stream } });
    app.addHook('onSend', async (_request, reply) => void reply.raw.socket?.destroy());
    const socket = await open(app);
    const body = '{"sessions":["7"]}';

    socket.write(`${head({ 'content-length': String(body.length) })}${body}`);
    await received(socket);
    await untilTrue(() => lines().length > 0);
    await app.close();

    expect(lines()).toMatchObject([{ msg: 'answer cut off', workflowIds: ['session/acme/7'] }]);
  });

  it('answers 408 to a body that trickles in beyond its time', async () => {
    const { app, hints } = anApp({ limits: { requestMs: 200, headersMs: 200, checkEveryMs: 20 } });
    const socket = await open(app);

    socket.write(`${head({ 'content-length': '1000' })}{"sessions":`);
    const trickle = setInterval(() => socket.write(' '), 20);
    const answer = await received(socket);
    clearInterval(trickle);

    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(bodyOf(answer)).toMatchObject({ code: 'INPUT_REQUEST_TIMEOUT', message: textLike(/too long/) });
    expect(hints.calls).toEqual([]);
  });

  it('counts the time a body took to arrive into the deadline: what comes too late is not begun', async () => {
    const { app, hints, metrics } = anApp({ limits: { ackDeadlineMs: 50 } });
    const socket = await open(app);
    const body = '{"sessions":["7"]}';

    socket.write(`${head({ 'content-length': String(body.length), connection: 'close' })}${body.slice(0, 5)}`);
    await untilTrue(() => requestsIn(app) > 0);
    await sleep(100);
    socket.write(body.slice(5));
    const answer = await received(socket);

    expect(answer).toMatch(/^HTTP\/1\.1 503 /);
    expect(bodyOf(answer)).toMatchObject({ code: 'INGRESS_TEMPORAL_UNAVAILABLE' });
    expect(hints.calls).toEqual([]);
    expect(metrics.refused).toHaveLength(1);
  });

  it.each([
    ['what is no HTTP', 'HELLO\r\n\r\n', 400, 'INPUT_REQUEST'],
    ['headers beyond measure', `GET / HTTP/1.1\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'INPUT_HEADERS_TOO_LARGE'],
  ])('answers %s in the shape of every error', async (_, bytes, status, code) => {
    const { app } = anApp();
    const socket = await open(app);

    socket.write(bytes);
    const answer = await received(socket);

    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(bodyOf(answer)).toEqual({ code, message: someText, occurrenceId: someText });
  });

  it('takes a message whose sender expects what nobody knows', async () => {
    const { app, hints } = anApp();
    const socket = await open(app);
    const body = '{"sessions":["7"]}';

    socket.write(`${head({ expect: '200-ok', connection: 'close', 'content-length': String(body.length) })}${body}`);

    expect(await received(socket)).toMatch(/^HTTP\/1\.1 200 /);
    expect(hints.stored).toHaveLength(1);
  });

  it('lets a message in flight end when the server closes', async () => {
    const { app, hints } = anApp();
    let store = (): void => {};
    hints.behave(() => new Promise((resolve) => (store = resolve)));
    const socket = await open(app);
    const body = '{"sessions":["7"]}';

    socket.write(`${head({ 'content-length': String(body.length) })}${body}`);
    await untilTrue(() => hints.calls.length > 0);
    const closed = app.close();
    const answer = received(socket);
    await untilTrue(() => !app.server.listening);
    store();
    await closed;

    expect(await answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(hints.stored).toHaveLength(1);
  });

  it('closes within the drain time although a sender stalls', async () => {
    const { app, hints } = anApp({ limits: { drainMs: 100 } });
    const socket = await open(app);
    socket.on('error', () => {});

    socket.write(`${head({ 'content-length': '1000' })}{"sessions":`);
    await untilTrue(() => requestsIn(app) > 0);
    await app.close();

    expect(hints.calls).toEqual([]);
  });
});

async function open(app: FastifyInstance): Promise<Socket> {
  if (!app.server.listening) {
    app.server.on('request', () => arrived.set(app, requestsIn(app) + 1));
    app.server.on('connection', (connection: Socket) => {
      connected.set(app, connectionsOf(app) + 1);
      connection.once('close', () => connected.set(app, connectionsOf(app) - 1));
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
  }
  const socket = connect({ port: (app.server.address() as AddressInfo).port, host: '127.0.0.1' });
  await once(socket, 'connect');
  return socket;
}

const arrived = new WeakMap<FastifyInstance, number>();

function requestsIn(app: FastifyInstance): number {
  return arrived.get(app) ?? 0;
}

const connected = new WeakMap<FastifyInstance, number>();

function connectionsOf(app: FastifyInstance): number {
  return connected.get(app) ?? 0;
}

function head(headers: Record<string, string>): string {
  const all = { host: 'localhost', authorization: RIGHT, 'content-type': 'application/json', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `POST /webhooks/docebo/acme HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** All that comes until the other side ends. */
async function received(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => {});
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('utf8');
}

function bodyOf(answer: string): unknown {
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
}

async function untilTrue(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}
