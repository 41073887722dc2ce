import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { TemporalFrontend } from '../../fuzz/world/temporal-frontend';
import { connectClient, type TemporalClient } from '../../src/temporal/connection';
import { createDataConverter } from '../../src/temporal/data-converter';

/** A quarter of an hour passes in a second: the timers are jest's, the sockets are real. */
const STEP_MS = 250;
const AWAY_MS = 900_000;
/** Five seconds, a fifth more by chance, and some steps for sockets that are slow to speak. Left to itself, gRPC pauses for two minutes. */
const LONGEST_PAUSE_MS = 10_000;

let frontend: TemporalFrontend;
let temporal: TemporalClient;
let port: number;
beforeEach(async () => {
  frontend = new TemporalFrontend();
  const address = await frontend.listen();
  port = Number(address.split(':')[1]);
  const codec = createDataConverter([{ id: 'a', key: randomBytes(32) }], () => undefined);
  temporal = await connectClient({ address, namespace: 'convoke' }, codec);
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
});
afterEach(async () => {
  jest.useRealTimers();
  await temporal.close();
  await frontend.close();
});

/** Lets time pass, and after each step what the sockets have to say be heard. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    jest.advanceTimersByTime(STEP_MS);
    for (let i = 0; i < 10; i++) await turn();
  }
}

function signal(workflowId: string) {
  const { client } = temporal;
  const options = { workflowId, taskQueue: 'q', args: [], signal: 'hint', signalArgs: [] };
  return client.withDeadline(Date.now() + 3_500, () => client.workflow.signalWithStart('any', options));
}

test('however long Temporal has been away, the client looks for it every few seconds', async () => {
  await signal('before');
  await frontend.become('unreachable');
  const attempts: number[] = [];
  const nobody: Server = createServer((socket) => {
    attempts.push(Date.now());
    socket.destroy();
  }).listen(port, '127.0.0.1');
  await once(nobody, 'listening');

  const during = signal('during').catch((error: Error) => error);
  await pass(AWAY_MS);
  nobody.close();
  await once(nobody, 'close');
  await frontend.become('here');
  await pass(LONGEST_PAUSE_MS);
  const after = signal('after');
  await pass(STEP_MS);

  expect(await during).toBeInstanceOf(Error);
  const pauses = attempts.slice(1).map((at, i) => at - attempts[i]!);
  expect(pauses.length).toBeGreaterThan(AWAY_MS / LONGEST_PAUSE_MS);
  expect(Math.max(...pauses)).toBeLessThan(LONGEST_PAUSE_MS);
  await after;
  expect([frontend.signalsTo('during'), frontend.signalsTo('after')]).toEqual([0, 1]);
});
