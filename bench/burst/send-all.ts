import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { toMessage, WEBHOOK_HEADERS } from '../load/messages';
import { createPoster } from '../load/poster';

export interface Sent {
  /** Ids of the messages. */
  readonly acknowledged: readonly string[];
  readonly seconds: number;
  /** How often a message was sent again, because of another answer or none within 5 s. */
  readonly again: number;
  /** Of every attempt that was answered with 200. */
  readonly latenciesMs: readonly number[];
}

/** As Docebo, which sends again until it hears 200, only sooner. */
const BACK_OFF = { firstMs: 200, factor: 1.5, mostMs: 5_000 };

/** Each sender sends its next message when the one before is acknowledged; the sessions are told in turn. */
export async function sendAll(input: {
  readonly url: string;
  readonly senders: number;
  readonly messages: number;
  readonly sessionIds: readonly number[];
}): Promise<Sent> {
  const { senders, messages, sessionIds } = input;
  const poster = createPoster(input.url, WEBHOOK_HEADERS, senders);
  const acknowledged: string[] = [];
  const latenciesMs: number[] = [];
  let [next, again] = [0, 0];
  const deliver = async (n: number): Promise<void> => {
    const id = `burst-${n}`;
    const body = toMessage(id, [sessionIds[n % sessionIds.length]!]);
    for (let waitMs = BACK_OFF.firstMs; ; waitMs = Math.min(waitMs * BACK_OFF.factor, BACK_OFF.mostMs)) {
      const sentAt = performance.now();
      if ((await poster.post(body)) === 200) {
        latenciesMs.push(performance.now() - sentAt);
        acknowledged.push(id);
        return;
      }
      again++;
      await sleep(waitMs);
    }
  };
  const sender = async (): Promise<void> => {
    while (next < messages) await deliver(next++);
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: senders }, sender));
  poster.close();
  return { acknowledged, seconds: (performance.now() - startedAt) / 1_000, again, latenciesMs };
}
