import { randomBytes } from 'node:crypto';
import { Client } from '@temporalio/client';
import { AccessError } from '../../src/domain/errors';
import { createDataConverter } from '../../src/temporal/data-converter';
import { createKeyDesk, type KeyDesk } from '../../src/temporal/key-usage/key-desk';
import type { SignIns, SignInUse } from '../../src/temporal/key-usage/key-usage';
import type { KeyRing } from '../../src/temporal/payload-codec';
import { anEvent, someFacts } from '../support/builders';
import { PATIENCE_MS } from '../support/pace';
import { atRest, SessionBench } from '../support/session-workers';
import { eventually } from '../support/eventually';

const HOUR = 3_600_000;
const at = (hours: number): string => new Date(Math.ceil(Date.now() / HOUR) * HOUR + hours * HOUR).toISOString();
const A = { id: 'a', key: randomBytes(32) };
const B = { id: 'b', key: randomBytes(32) };
const BOTH: KeyRing = [B, A];

let bench: SessionBench;

beforeEach(async () => {
  bench = await SessionBench.open('key-renewal', { keys: [A, B] });
  bench.world.facts = someFacts({ events: [anEvent({ eventId: '101', startsAt: at(24), endsAt: at(32) })] });
});
afterEach(() => bench.close());

function clientWith(ring: KeyRing): Client {
  const { connection } = bench.client;
  return new Client({ connection, namespace: bench.namespace, dataConverter: createDataConverter(ring) });
}

function deskWith(ring: KeyRing, signIns: SignIns | null = null): KeyDesk {
  return createKeyDesk(
    clientWith(ring),
    ring.map(({ id }) => id),
    signIns,
  );
}

const renewal = { perSecond: 100, waitMs: PATIENCE_MS };

async function runId(sessionId: string): Promise<string> {
  return (await bench.handle(sessionId).describe()).runId;
}

/** Temporal's list lags. */
async function openRuns(desk: KeyDesk, count: number) {
  return eventually(async () => {
    const usage = await desk.usage();
    return usage.openRuns === count ? usage : null;
  }, `${count} open runs`);
}

test('a session goes on under the new key: same state, nothing planned or written anew; the old key may then go', async () => {
  await bench.startWorkers();
  await bench.hint('54');
  const before = await bench.until('54', (s) => atRest(s) && s.position === 'on');
  await bench.stopWorkers();
  await bench.startWorkers(BOTH);
  const desk = deskWith(BOTH);
  const needed = await openRuns(desk, 1);
  const first = await runId('54');
  const calls = bench.world.count('planSession') + bench.world.count('createCalendarEvent');

  const { found, left, usage } = await desk.renew(renewal);

  expect(needed.keys).toMatchObject([
    { id: 'b', state: 'encrypts', runs: 0 },
    { id: 'a', state: 'needed', runs: 1 },
  ]);
  expect({ found, left }).toEqual({ found: { runs: 1, actions: 0, memories: 0, signIns: 0 }, left: [] });
  expect(usage.keys).toMatchObject([
    { id: 'b', state: 'encrypts', runs: 1 },
    { id: 'a', state: 'free', runs: 0 },
  ]);
  const renewed = await runId('54');
  expect(renewed).not.toBe(first);
  await bench.stopWorkers();
  await bench.startWorkers([B]);
  const after = await clientWith([B]).workflow.getHandle('session/academy/54').query('state');
  expect(after).toEqual(before);
  expect(bench.world.count('planSession') + bench.world.count('createCalendarEvent')).toBe(calls);
  // Once more: there is nothing to do.
  expect((await desk.renew(renewal)).found).toEqual({ runs: 0, actions: 0, memories: 0, signIns: 0 });
  expect(await runId('54')).toBe(renewed);
});

test('a step under way is finished first, and hints that came meanwhile are kept', async () => {
  await bench.startWorkers(BOTH);
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  bench.world.before = (name) => (name === 'createCalendarEvent' ? held : undefined);
  await bench.hint('54');
  await bench.until('54', (s) => s.busy);
  await eventually(async () => (bench.world.count('createCalendarEvent') > 0 ? true : null), 'the step');
  const desk = deskWith(BOTH);
  await openRuns(desk, 1);
  const first = await runId('54');

  const waiting = await desk.renew({ perSecond: 100, waitMs: 1_500 });
  await bench.hint('54');
  const during = await runId('54');
  letGo();
  const state = await bench.until('54', (s) => atRest(s) && s.position === 'on');
  const done = await desk.renew(renewal);

  expect(waiting.left).toMatchObject([{ why: 'waits', user: { workflowId: 'session/academy/54' } }]);
  expect(during).toBe(first);
  expect(bench.world.count('createCalendarEvent')).toBe(1);
  expect(Object.keys(state.ledger.events)).toEqual(['101']);
  expect(bench.world.count('planSession')).toBeGreaterThan(1);
  expect(await runId('54')).not.toBe(first);
  // The hint was sent under the old key, so that only the second renewal may have brought all under the new one.
  expect(done.left).toEqual([]);
});

test('a ring without a key that is needed: the reading names it, and needs it not', async () => {
  await bench.startWorkers();
  await bench.hint('54');
  await bench.until('54', (s) => atRest(s));

  const usage = await openRuns(deskWith([B]), 1);

  expect(usage.keys).toMatchObject([
    { id: 'b', state: 'encrypts', runs: 0 },
    { id: 'a', state: 'missing', runs: 1 },
  ]);
});

test('runs that a process wrote under the old key again are told apart', async () => {
  await bench.startWorkers([A, B]);
  await bench.hint('54');
  await bench.until('54', (s) => atRest(s));
  const desk = deskWith(BOTH);
  await openRuns(desk, 1);

  const { left } = await desk.renew(renewal);

  expect(left).toMatchObject([{ why: 'old-key-again' }]);
});

test('a sign-in in a file is written anew with the rest; one that cannot be is named, and its key must stay', async () => {
  const lies: Record<string, string> = { trainer: 'a', rome: 'a' };
  const since = '2026-11-01T00:00:00.000Z';
  const signIns: SignIns = {
    look: async () =>
      Object.entries(lies).map(([account, key]): SignInUse => ({ account, state: 'sealed', key, since })),
    async renew(account) {
      if (account === 'rome') throw new AccessError('it cannot be written', { code: 'GRAPH_SIGN_IN' });
      lies[account] = 'b';
    },
  };
  const desk = deskWith(BOTH, signIns);

  const { found, left, usage } = await desk.renew(renewal);

  expect(found).toEqual({ runs: 0, actions: 0, memories: 0, signIns: 2 });
  expect(lies).toEqual({ trainer: 'b', rome: 'a' });
  expect(left).toMatchObject([{ why: 'file', user: { kind: 'sign-in', account: 'rome' } }]);
  expect(usage.keys[1]).toMatchObject({ id: 'a', state: 'needed', signIns: 1 });
  lies['rome'] = 'b';
  expect((await desk.usage()).keys[1]).toMatchObject({ id: 'a', state: 'free' });
});

test('no key is free while it cannot be told under which one a sign-in lies', async () => {
  const signIns: SignIns = {
    look: async () => [{ account: 'trainer', state: 'unreadable' }],
    renew: async () => undefined,
  };

  expect((await deskWith(BOTH, signIns).usage()).keys[1]).toMatchObject({ id: 'a', state: 'needed', signIns: 0 });
});
