import { setTimeout as sleep } from 'node:timers/promises';
import { Draw } from '../chaos/plan/draw';
import { readAnswers } from './answers';
import { DOCEBO, goodMessage } from './cases/messages';
import { goodNotification, GRAPH_KNOWN } from './cases/notifications';
import { exchange, type Exchange } from './exchange';
import type { FuzzCase } from './fuzz-case';
import { judge } from './judge';
import type { Ingress } from './world/ingress';
import type { FrontendState } from './world/temporal-frontend';

export interface AwayOptions {
  /** Docebo's messages that come at once; a few of Graph's come with them. */
  readonly messages: number;
  readonly notifications: number;
  readonly states: readonly Exclude<FrontendState, 'here'>[];
  /** How long Temporal stays away after the crowd has gone, and how soon after its return all must be well. */
  readonly stayMs: number;
  readonly recoverMs: number;
}

const WITHIN_MS = 5_000;
/** What Docebo sends again comes over minutes. */
const AGAIN_AT_ONCE = 100;
const MEMORY_CEILING = 512 * 1024 * 1024;

/**
 * Temporal is away while as many good messages come as there is room for: each must be told to come again, in time. When Temporal is back,
 * all that come again must be taken. Answers what was wrong.
 */
export async function runAway(ingress: Ingress, how: AwayOptions, say: (line: string) => void): Promise<string[]> {
  const faults: string[] = [];
  for (const [round, state] of how.states.entries()) {
    const cases = draw(ingress, round, how);
    await ingress.frontend.become(state);
    const during = await sendAll(ingress, cases, cases.length);
    const refused = cases.map((fuzzCase, i) => faultsOf(ingress, fuzzCase, during.outcomes[i]!));
    await sleep(how.stayMs);
    await ingress.frontend.become('here');
    const backAt = performance.now();
    const isBack = await untilTaken(ingress, round, how.recoverMs);
    const recovered = performance.now() - backAt;
    const after = await sendAll(ingress, cases, AGAIN_AT_ONCE);
    const once = cases.filter((_, i) => statusOf(after.outcomes[i]!) === 503);
    const again = await sendAll(ingress, once, AGAIN_AT_ONCE);
    const wrong = [
      ...cases.flatMap((one, i) => (once.includes(one) ? [] : judge(one, after.outcomes[i]!, stored(ingress)).faults)),
      ...once.flatMap((one, i) => judge(one, again.outcomes[i]!, stored(ingress)).faults),
    ];
    say(
      `Temporal ${state}: ${cases.length} messages got their 503 within ${Math.round(during.slowest)} ms, ` +
        `${Math.round(during.memory / 1024 ** 2)} MB; taken again ${Math.round(recovered)} ms after its return, all within ${Math.round(after.slowest)} ms, ${once.length} at the second try`,
    );
    const told = [...summed(refused.flat()), ...summed(wrong)];
    if (once.length > cases.length / 100) told.push(`${once.length} messages were refused after its return`);
    if (!isBack) told.push(`no message was taken within ${how.recoverMs} ms after its return`);
    if (during.memory > MEMORY_CEILING) told.push(`memory: ${Math.round(during.memory / 1024 ** 2)} MB`);
    faults.push(...told.map((fault) => `Temporal ${state}: ${fault}`));
  }
  return faults;
}

function draw({ target }: Ingress, round: number, how: AwayOptions): FuzzCase[] {
  return Array.from({ length: how.messages + how.notifications }, (_, i) => {
    const context = { draw: new Draw(i), target, index: 8_000_000 + round * 10_000 + i };
    return i < how.messages
      ? goodMessage({ ...context, endpoint: DOCEBO })
      : goodNotification({ ...context, endpoint: GRAPH_KNOWN });
  });
}

async function sendAll(ingress: Ingress, cases: readonly FuzzCase[], atOnce: number) {
  let memory = 0;
  const look = setInterval(() => (memory = Math.max(memory, ingress.memory())), 100);
  const outcomes: Exchange[] = [];
  for (let from = 0; from < cases.length; from += atOnce) {
    const some = cases.slice(from, from + atOnce);
    outcomes.push(
      ...(await Promise.all(some.map((one, i) => exchange(one, { port: ingress.port, from: addressOf(i) })))),
    );
  }
  clearInterval(look);
  return { outcomes, memory, slowest: Math.max(...outcomes.map(({ ms }) => ms)) };
}

/** Linux has all of 127.0.0.0/8. */
function addressOf(index: number): string {
  return process.platform === 'linux' ? `127.8.${index % 200}.1` : '127.0.0.1';
}

/** While Temporal is away: 503, when to come again, and why. Nothing can be stored, so nothing may be acknowledged. */
function faultsOf(ingress: Ingress, fuzzCase: FuzzCase, outcome: Exchange): string[] {
  const { faults, outcomes } = judge({ ...fuzzCase, wanted: null }, outcome, stored(ingress));
  const [answer] = readAnswers(outcome.received) ?? [];
  const others = faults.filter((fault) => !fault.includes('status 503 INGRESS_TEMPORAL_UNAVAILABLE'));
  if (outcomes[0] !== '503 INGRESS_TEMPORAL_UNAVAILABLE') others.push(`answered ${outcomes[0]}`);
  else if (!/\r\nretry-after: [1-9]\d*\r\n/i.test(`${answer?.head ?? ''}\r\n`)) others.push('no Retry-After');
  if (outcome.ms > WITHIN_MS) others.push('later than Docebo waits');
  return others;
}

function statusOf({ received }: Exchange): number | undefined {
  return readAnswers(received)?.[0]?.status;
}

async function untilTaken(ingress: Ingress, round: number, limitMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + limitMs;
  for (let i = 0; performance.now() < giveUpAt; i++) {
    const context = { draw: new Draw(i), target: ingress.target, index: 8_900_000 + round * 1_000 + i };
    const fuzzCase = goodMessage({ ...context, endpoint: DOCEBO });
    const outcome = await exchange(fuzzCase, { port: ingress.port, from: '127.0.0.1' });
    if (judge(fuzzCase, outcome, stored(ingress)).faults.length === 0) return true;
    await sleep(100);
  }
  return false;
}

function stored({ frontend }: Ingress) {
  return (workflowId: string, since: number): boolean => frontend.isSignalled(workflowId, since);
}

/** Equal faults once, with their number; milliseconds do not make them unequal. */
function summed(faults: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const fault of faults) {
    const key = fault.replace(/slow: \d+ ms/, 'slow');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([fault, count]) => `${count} times ${fault}`);
}
