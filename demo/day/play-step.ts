import { setTimeout as sleep } from 'node:timers/promises';
import type { House } from '../house/house';
import type { DemoPace } from '../house/settings';
import type { Traffic, Watch } from './watch';

export interface Step {
  /** What happens, in a few words. */
  readonly title: string;
  act(house: House): Promise<void>;
  /** How long it may take until everything is as it must be. */
  readonly limitMs?: number;
  /** The sessions find nothing to do and look once more after the settle time: nothing may follow from that either. */
  readonly changesNothing?: boolean;
  /** Mails of failures and their end that the training desk gets; none unless said. */
  readonly deskMails?: number;
  /**
   * What the calls made so far do not show yet; null: all that must come has come. For steps whose end the mailbox does not tell.
   */
  awaits?(traffic: Traffic): string | null;
  /** What is wrong with the calls that were made, a sentence each. */
  inspect?(traffic: Traffic): readonly string[];
}

export interface Outcome {
  readonly title: string;
  /** From the act to the moment in which everything was as it must be. */
  readonly seconds: number;
  readonly mails: number;
  readonly graphCalls: number;
  readonly doceboCalls: number;
  readonly differences: readonly string[];
}

export const LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 250;
const REST_LIMIT_MS = 60_000;
/** Beyond the pace's own waits: a busy machine needs a moment to act on a hint. */
const MARGIN_MS = 1_500;

/** Acts, waits until calendar and mails are what they must be, and checks that nothing more follows. */
export async function playStep(step: Step, house: House, watch: Watch, pace: DemoPace): Promise<Outcome> {
  const { title, limitMs = LIMIT_MS, changesNothing = false } = step;
  await watch.begin(step.deskMails);
  const startedAt = Date.now();
  await step.act(house);
  const reached = await watch.until(limitMs);
  let seconds = (Date.now() - startedAt) / 1000;
  const outcome = async (look: typeof reached, more: readonly string[] = []): Promise<Outcome> => {
    const { graph, docebo } = await watch.traffic();
    const differences = [...look.differences, ...more];
    return { title, seconds, mails: look.mails, graphCalls: graph.length, doceboCalls: docebo.length, differences };
  };
  if (reached.differences.length > 0) return outcome(reached);
  const missing = await untilCome(step, watch, startedAt + limitMs);
  if (missing !== null) return outcome(await watch.look(), [`waited ${limitMs / 1000} s in vain for ${missing}`]);
  if (step.awaits !== undefined) seconds = (Date.now() - startedAt) / 1000;

  const quietMs = (changesNothing ? pace.settleMs : pace.coalesceMs) + MARGIN_MS;
  const rests = await watch.untilQuiet(quietMs, REST_LIMIT_MS);
  const last = await watch.look();
  const restless = rests ? [] : [`the systems were still being asked after ${REST_LIMIT_MS / 1000} s`];
  const odd = step.inspect?.(await watch.traffic()) ?? [];
  watch.accept(last);
  return outcome(last, [...restless, ...odd]);
}

async function untilCome(step: Step, watch: Watch, giveUpAt: number): Promise<string | null> {
  for (;;) {
    const missing = step.awaits?.(await watch.traffic()) ?? null;
    if (missing === null || Date.now() > giveUpAt) return missing;
    await sleep(LOOK_EVERY_MS);
  }
}
