import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { TemporalFrontend, type FrontendState } from '../../fuzz/world/temporal-frontend';
import { connectClient, type TemporalClient } from '../../src/temporal/connection';
import { createDataConverter } from '../../src/temporal/data-converter';
import { createMailboxWatch } from '../../src/temporal/mailbox-watch';
import { createSessionHints } from '../../src/temporal/session-hints';
import { QUICK_PACE } from '../support/pace';
import { anApp, closeApps, RIGHT } from './an-app';

/** The ingress with Temporal's own client, before a frontend that goes away and comes back. */
const MESSAGES = 60;
const SECRET = 'a-secret';

let frontend: TemporalFrontend;
let temporal: TemporalClient;
let url: string;
beforeAll(async () => {
  frontend = new TemporalFrontend();
  const settings = { address: await frontend.listen(), namespace: 'convoke' };
  temporal = await connectClient(
    settings,
    createDataConverter([{ id: 'a', key: randomBytes(32) }], () => undefined),
  );
  const { client } = temporal;
  const watching = { on: true, pollEveryMs: 5_000, retryMs: [1_000], checkMs: 86_400_000 };
  const { app } = anApp({
    hints: createSessionHints({ client, paceOf: () => QUICK_PACE, noSessionsMs: 1_000 }),
    notifications: {
      clientStates: { training: SECRET },
      watch: createMailboxWatch({ client, settings: watching }),
    },
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await closeApps();
  await temporal.close();
  await frontend.close();
});

async function post(path: string, body: object) {
  const begin = performance.now();
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: RIGHT, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const reason = answer.status < 400 ? null : ((await answer.json()) as { code: string }).code;
  return {
    told: [answer.status, reason, answer.headers.get('retry-after')],
    ms: performance.now() - begin,
  };
}

const idsOf = (state: string): string[] => Array.from({ length: MESSAGES }, (_, i) => `${state.length}0${i}`);
const message = (session: string) => post('/webhooks/docebo/acme', { sessions: [session] });
const notification = () => post('/webhooks/graph/training', { value: [{ clientState: SECRET }] });

/** As Docebo and Graph do. */
async function untilTaken(sendIt: () => ReturnType<typeof post>): Promise<unknown> {
  for (;;) {
    const [status] = (await sendIt()).told;
    if (Number(status) < 400) return status;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test.each<FrontendState>(['refuses', 'hangs', 'unreachable'])(
  'Temporal %s: each message is told in time to come again, and is taken when it does',
  async (state) => {
    const before = frontend.signals;
    await frontend.become(state);

    const refused = await Promise.all([...idsOf(state).map(message), notification()]);
    const stored = frontend.signals - before;
    await frontend.become('here');
    // The client looks for a server every few seconds.
    await untilTaken(() => message('9'));
    const taken = await Promise.all([
      ...idsOf(state).map((id) => untilTaken(() => message(id))),
      untilTaken(notification),
    ]);

    expect(new Set(refused.map(({ told }) => told.join()))).toEqual(new Set(['503,INGRESS_TEMPORAL_UNAVAILABLE,30']));
    // 3.5 s, and what a busy machine adds. Without a deadline those that hang would never be told.
    expect(Math.max(...refused.map(({ ms }) => ms))).toBeLessThan(20_000);
    expect(stored).toBe(0);
    expect(new Set(taken)).toEqual(new Set([200, 202]));
    expect(idsOf(state).filter((id) => frontend.signalsTo(`session/acme/${id}`) === 0)).toEqual([]);
  },
);
