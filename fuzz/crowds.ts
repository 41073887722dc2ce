import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Draw } from '../chaos/plan/draw';
import { exchange } from './exchange';
import { toRequest, type CaseContext } from './fuzz-case';
import { DOCEBO, goodMessage } from './cases/messages';
import { judge } from './judge';
import type { Ingress } from './world/ingress';

/** Docebo gives up after five seconds. */
const WITHIN_MS = 5_000;
const DRIBBLE_MS = 200;
/** Connections to Temporal and the like, which come and go. */
const SPARE = 5;

type Opener = (index: number) => Socket;

/** Slow senders and floods; good messages must get through all the while. Answers what was wrong. */
export async function runCrowds(ingress: Ingress, say: (line: string) => void): Promise<string[]> {
  const context: CaseContext = { draw: new Draw(1), target: ingress.target, index: 5_000_000, endpoint: DOCEBO };
  const body = 'x'.repeat(900_000);
  const head = toRequest(context, { headers: { 'content-length': String(body.length) } }).toString('latin1');
  const crowds: readonly (readonly [string, number, string | null])[] = [
    ['headers that dribble in', 1_500, head.slice(0, 60)],
    ['bodies that dribble in', 1_500, head],
    ['bodies that stop before their end', 200, head + body.slice(1)],
    ['idle connections', 5_000, null],
  ];
  const faults: string[] = [];
  for (const [what, size, bytes] of crowds) {
    const open: Opener = (i) => openSender(ingress.port, i, bytes);
    const { worst, refused, left, memory } = await crowd(ingress, { size, open, dribbles: bytes !== null });
    say(
      `${size} ${what}: good messages within ${Math.round(worst)} ms, ${refused} refused; ${left} connections left; ${Math.round(memory / 1024 ** 2)} MB`,
    );
    if (refused > 0) faults.push(`${what}: ${refused} good messages did not get through`);
    if (worst > WITHIN_MS) faults.push(`${what}: a good message took ${Math.round(worst)} ms`);
    if (left > SPARE) faults.push(`${what}: ${left} connections were still open`);
  }
  return faults;
}

async function crowd(ingress: Ingress, how: { size: number; open: Opener; dribbles: boolean }) {
  const before = ingress.openFiles();
  const sockets = Array.from({ length: how.size }, (_, i) => how.open(i));
  const dribble = setInterval(() => {
    if (how.dribbles) for (const socket of sockets) if (socket.writable) socket.write('a');
  }, DRIBBLE_MS);
  let worst = 0;
  let refused = 0;
  let memory = 0;
  for (let i = 0; i < 15; i++) {
    await sleep(1_000);
    const index = 6_000_000 + ingress.frontend.signals + i;
    const fuzzCase = goodMessage({ draw: new Draw(i), target: ingress.target, index, endpoint: DOCEBO });
    const outcome = await exchange(fuzzCase, { port: ingress.port, from: '127.0.0.1' });
    worst = Math.max(worst, outcome.ms);
    memory = Math.max(memory, ingress.memory());
    if (judge(fuzzCase, outcome, (id, since) => ingress.frontend.isSignalled(id, since)).faults.length > 0) refused++;
  }
  clearInterval(dribble);
  // The senders' side does not tell: of a flood beyond the backlog, some believe in connections that the server never had.
  const open = (): number => Math.max(0, ingress.openFiles() - before);
  for (let i = 0; i < 15 && open() > SPARE; i++) await sleep(1_000);
  const left = open();
  for (const socket of sockets) socket.destroy();
  await Promise.all(sockets.map(async (socket) => (socket.closed ? null : once(socket, 'close'))));
  return { worst, refused, left, memory };
}

function openSender(port: number, index: number, bytes: string | null): Socket {
  const socket = connect({ port, host: '127.0.0.1', localAddress: `127.9.${index % 200}.1` });
  socket.on('error', () => undefined);
  // What comes is read, else the end would not be seen.
  socket.resume();
  if (bytes !== null) socket.write(bytes);
  return socket;
}
