import { setTimeout as sleep } from 'node:timers/promises';
import { Draw } from '../chaos/plan/draw';
import { readAnswers } from './answers';
import { DOCEBO, goodMessage } from './cases/messages';
import { goodNotification, GRAPH, GRAPH_KNOWN } from './cases/notifications';
import { exchange, type Exchange } from './exchange';
import { toCase, toRequest, type CaseContext, type FuzzCase } from './fuzz-case';
import { judge } from './judge';
import type { Ingress } from './world/ingress';

/** The api tells Temporal this often at most. */
const BETWEEN_SIGNALS_MS = 500;
const WITHIN_MS = 5_000;
const AT_ONCE = 200;

/** A storm of Graph's notifications, right ones and wrong ones. Answers what was wrong. */
export async function runStorm(ingress: Ingress, count: number, say: (line: string) => void): Promise<string[]> {
  const { target, frontend } = ingress;
  const watched = `subscription/${target.mailbox}`;
  const contextOf = (i: number): CaseContext => ({ draw: new Draw(i), target, index: 7_000_000 + i, endpoint: GRAPH });
  const before = frontend.signalsTo(watched);
  const startedAt = performance.now();
  let isOver = false;
  const faults: string[] = [];
  const meanwhile = (async (): Promise<number> => {
    let worst = 0;
    for (let i = 0; !isOver; i++, await sleep(1_000)) {
      const fuzzCase = goodMessage({ ...contextOf(500_000 + i), endpoint: DOCEBO });
      const outcome = await exchange(fuzzCase, { port: ingress.port, from: '127.0.0.1' });
      faults.push(...judge(fuzzCase, outcome, (id, since) => frontend.isSignalled(id, since)).faults);
      worst = Math.max(worst, outcome.ms);
    }
    return worst;
  })();

  const right = await sendAll(ingress, count, (i) => goodNotification({ ...contextOf(i), endpoint: GRAPH_KNOWN }));
  const told = frontend.signalsTo(watched) - before;
  const allowed = Math.ceil((performance.now() - startedAt) / BETWEEN_SIGNALS_MS) + 1;
  faults.push(...right.faults);
  if (told > allowed) faults.push(`${count} notifications became ${told} signals, where ${allowed} were to be`);

  const signals = frontend.signalsTo(watched);
  const wrong = await sendAll(ingress, count, (i) => {
    const context = contextOf(i);
    const asked = { ...context, endpoint: i % 2 === 0 ? GRAPH : { ...GRAPH, path: GRAPH_KNOWN.path } };
    return toCase('wrong secret', toRequest(asked, { body: GRAPH.body(context) }), { wanted: 202 });
  });
  faults.push(...wrong.faults);
  const cost = frontend.signalsTo(watched) - signals;
  if (cost > 0) faults.push(`${count} notifications without the secret became ${cost} signals`);

  isOver = true;
  const worst = await meanwhile;
  const flood = await floodOf(ingress, contextOf(600_000));
  say(
    `${count} notifications became ${told} signals, all answered within ${Math.round(right.slowest)} ms; ${count} without the secret became ${cost}, ` +
      `within ${Math.round(wrong.slowest)} ms; of 1,300 of one address ${flood} were refused; messages of Docebo's meanwhile within ${Math.round(worst)} ms`,
  );
  if (worst > WITHIN_MS) faults.push(`a message of Docebo's took ${Math.round(worst)} ms`);
  // Where every address is one, the storm itself has used its limit up.
  if (flood < 50) faults.push(`of 1,300 notifications of one address only ${flood} were refused`);
  return [...new Set(faults)].map((fault) => `a storm of notifications: ${fault}`);
}

async function sendAll(ingress: Ingress, count: number, make: (i: number) => FuzzCase) {
  const { frontend } = ingress;
  const faults: string[] = [];
  let slowest = 0;
  for (let from = 0; from < count; from += AT_ONCE) {
    const cases = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => make(from + i));
    const outcomes = await Promise.all(cases.map((fuzzCase, i) => send(ingress, fuzzCase, `127.7.${i % 200}.1`)));
    for (const [i, outcome] of outcomes.entries()) {
      faults.push(...judge(cases[i]!, outcome, (id, since) => frontend.isSignalled(id, since)).faults);
      slowest = Math.max(slowest, outcome.ms);
    }
  }
  return { faults, slowest };
}

/** How many of them were told to wait. */
async function floodOf(ingress: Ingress, context: CaseContext): Promise<number> {
  let refused = 0;
  for (let sent = 0; sent < 1_300; sent += 100) {
    const fuzzCase = toCase('flood', toRequest(context, { body: GRAPH.body(context) }));
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => send(ingress, fuzzCase, '127.6.6.6')));
    refused += outcomes.filter(({ received }) => readAnswers(received)?.[0]?.status === 429).length;
  }
  return refused;
}

function send(ingress: Ingress, fuzzCase: FuzzCase, from: string): Promise<Exchange> {
  return exchange(fuzzCase, { port: ingress.port, from: process.platform === 'linux' ? from : '127.0.0.1' });
}
