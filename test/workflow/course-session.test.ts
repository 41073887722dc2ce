import { ApplicationFailure } from '@temporalio/common';
import { aLearner, anEvent, digest, someFacts } from '../support/builders';
import { atRest, QUICK, SessionBench } from '../support/session-workers';

/** Days from now, at the full hour: the planner compares with the real clock. */
function inDays(days: number, hours = 0): string {
  return new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + days * 86_400_000 + hours * 3_600_000).toISOString();
}

function future(n: number, over = {}) {
  return anEvent({ eventId: String(100 + n), startsAt: inDays(n), endsAt: inDays(n, 8), ...over });
}

let bench: SessionBench;

beforeEach(async () => {
  bench = await SessionBench.open('course-session');
});
afterEach(() => bench.close());

const facts = (over: Parameters<typeof someFacts>[0] = {}) => someFacts({ events: [future(1)], ...over });

test('a hint leads to the invitation, once, and the session waits for more', async () => {
  bench.world.facts = facts();
  await bench.startWorkers();

  await bench.hint('54');
  const state = await bench.until('54', (s) => atRest(s) && s.ledger.events['101']?.graphEventId != null);

  expect(state.ledger.events['101']).toMatchObject({ graphEventId: 'graph-101-1', generation: 1 });
  expect(state.ledger.mailbox).toBe('training');
  expect(Object.keys(state.ledger.people).sort()).toEqual(['1', '2']);
  expect(bench.world.count('createCalendarEvent')).toBe(1);
  expect((await bench.handle('54').describe()).status.name).toBe('RUNNING');
});

test('what stands in state, history and list view names nobody', async () => {
  bench.world.facts = facts();
  await bench.startWorkers();
  await bench.hint('54');
  const state = await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);

  const history = JSON.stringify(await bench.handle('54').fetchHistory());
  const shown = await bench.handle('54').describe();

  expect(JSON.stringify(state)).not.toContain('example.com');
  expect(history).not.toContain('example.com');
  expect(history).not.toContain(Buffer.from('user1@example.com').toString('base64').slice(0, 16));
  expect(shown.typedSearchAttributes.getAll().map((p) => [p.key.name, p.value])).toEqual(
    expect.arrayContaining([
      ['SyncStatus', 'in_sync'],
      ['DoceboSessionId', '54'],
      ['ConvokeMailbox', 'training'],
    ]),
  );
});

test('a burst of hints is one plan; an unchanged one writes nothing and is looked into once more', async () => {
  bench.world.facts = facts();
  await bench.startWorkers();
  await bench.hint('54');
  await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);
  const plans = bench.world.count('planSession');

  // However long they take to be sent, the session finds them together.
  await bench.stopWorkers();
  for (let i = 0; i < 20; i++) await bench.hint('54');
  await bench.startWorkers();
  await bench.until('54', (s) => atRest(s) && bench.world.count('planSession') > plans + 1);

  expect(bench.world.count('planSession')).toBe(plans + 2);
  expect(bench.world.count('createCalendarEvent')).toBe(1);
  expect(bench.world.count('updateCalendarEvent') + bench.world.count('updateAttendees')).toBe(0);
});

test("a webhook ahead of Docebo's API: the second look sees the change, and no earlier answer serves it", async () => {
  bench.world.facts = facts();
  await bench.startWorkers();
  await bench.hint('54');
  await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);

  const plans = bench.world.count('planSession');
  const looks: number[] = [];
  bench.world.before = (name) => {
    if (name !== 'planSession') return;
    looks.push(Date.now());
    if (bench.world.count(name) === plans + 2) bench.world.facts = facts({ enrolments: [aLearner('1')] });
  };
  await bench.hint('54');
  await bench.until('54', (s) => atRest(s) && Object.keys(s.ledger.people).length === 1);

  expect(bench.world.count('updateAttendees')).toBe(1);
  const [last] = bench.world.calls.planSession!.slice(-1) as { notOlderThan: string }[];
  expect(looks).toHaveLength(2);
  expect(Date.parse(last!.notOlderThan)).toBeGreaterThanOrEqual(looks[0]! + QUICK.settleMs);
});

test("two webhooks of one burst, the second ahead of Docebo's API: the second look sees its change too", async () => {
  bench.world.facts = facts();
  await bench.startWorkers();
  await bench.hint('54');
  await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);

  const plans = bench.world.count('planSession');
  bench.world.facts = facts({ enrolments: [aLearner('1')] });
  bench.world.before = (name) => {
    if (name === 'planSession' && bench.world.count(name) === plans + 2) bench.world.facts = facts({ enrolments: [] });
  };
  await bench.stopWorkers();
  await Promise.all([bench.hint('54'), bench.hint('54')]);
  await bench.startWorkers();
  await bench.until('54', (s) => atRest(s) && Object.keys(s.ledger.people).length === 0);

  expect(bench.world.count('updateAttendees')).toBe(2);
});

test('the timer of a long wait goes on through the bursts that interrupt it', async () => {
  bench.world.facts = facts();
  await bench.startWorkers();
  for (let burst = 0; burst < 3; burst++) {
    bench.world.facts = facts({ enrolments: [aLearner(String(burst))] });
    await bench.hint('54');
    await bench.until('54', (s) => atRest(s) && s.ledger.people[String(burst)] !== undefined);
  }

  const { events } = await bench.handle('54').fetchHistory();
  const timers = (events ?? []).flatMap(({ timerStartedEventAttributes: timer }) => timer ?? []);
  const seconds = timers.map(({ startToFireTimeout }) => Number(startToFireTimeout?.seconds ?? 0));
  expect(seconds.filter((s) => s > 3_600)).toHaveLength(1);
});

test('a duplicate is dropped at rest and wakes a session that is settling', async () => {
  bench.world.facts = facts();
  await bench.startWorkers();
  const hint = bench.aHint();
  await bench.hint('54', hint);
  await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);
  const plans = bench.world.count('planSession');

  await bench.hint('54', hint);
  await new Promise((resolve) => setTimeout(resolve, QUICK.coalesceMs * 3));
  expect(bench.world.count('planSession')).toBe(plans);

  // It settles until the duplicate comes, which is planned at the pace of every day.
  bench.world.pace = { ...QUICK, settleMs: 3_600_000 };
  await bench.hint('54');
  await bench.until('54', (s) => s.settleAt !== null);
  bench.world.pace = QUICK;
  await bench.hint('54', hint);
  await bench.until('54', (s) => atRest(s) && bench.world.count('planSession') > plans + 1);
});

test('a grouped message counts by position, so that none of its hints is lost', async () => {
  bench.world.facts = facts();
  await bench.startWorkers();
  await bench.hint('54', ...Array.from({ length: 25 }, (_, i) => bench.aHint({ key: digest(`message:${i}`) })));

  const state = await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);

  expect(state.seen).toHaveLength(25);
});

test('a hint during a plan drops the rest of it and plans anew', async () => {
  bench.world.facts = facts({ events: [future(1), future(2), future(3)] });
  bench.world.before = async (name) => {
    if (name !== 'createCalendarEvent' || bench.world.count(name) > 1) return;
    bench.world.facts = facts({ events: [future(1), future(2)] });
    await bench.hint('54');
  };
  await bench.startWorkers();

  await bench.hint('54');
  const state = await bench.until('54', (s) => atRest(s) && Object.keys(s.ledger.events).length === 2);

  expect(bench.world.calls.createCalendarEvent!.map((c) => (c as { eventId: string }).eventId)).toEqual(['101', '102']);
  expect(state.journal.map((j) => j.what)).toContain('drop');
});

test("one event's failure stops no other; the session stays dirty and tries again by itself", async () => {
  bench.world.facts = facts({ events: [future(1), future(2)] });
  let letGo = (): void => undefined;
  const seen = new Promise<void>((resolve) => (letGo = resolve));
  let attempts = 0;
  bench.world.before = async (name, input) => {
    if (name === 'planSession' && attempts > 0) await seen;
    if (name !== 'createCalendarEvent' || (input as { eventId: string }).eventId !== '101') return;
    if (++attempts === 1) throw ApplicationFailure.nonRetryable('GRAPH refuses access (403)', 'GRAPH_ACCESS');
  };
  await bench.startWorkers();

  await bench.hint('54');
  const failing = await bench.until('54', (s) => s.failures.length > 0);
  expect(failing.ledger.events['102']?.graphEventId).toBe('graph-102-1');
  expect(failing.failures).toEqual([
    expect.objectContaining({ code: 'GRAPH_ACCESS', step: 'create', eventId: '101', attempts: 1 }),
  ]);

  letGo();
  const state = await bench.until('54', (s) => atRest(s) && s.ledger.events['101']?.graphEventId != null);
  expect(state.attempts).toBe(0);
  expect(
    bench.world.calls.createCalendarEvent!.filter((c) => (c as { eventId: string }).eventId === '102'),
  ).toHaveLength(1);
});

test('a session that cannot be read tries again at the configured pace, the first time and later', async () => {
  bench.world.facts = facts();
  let refusing = true;
  bench.world.before = (name) => {
    if (name === 'planSession' && refusing)
      throw ApplicationFailure.nonRetryable('DOCEBO refuses access (403)', 'DOCEBO_ACCESS');
  };
  await bench.startWorkers();

  await bench.hint('54');
  const failing = await bench.until('54', (s) => s.attempts >= 3 && s.retryAt !== null);
  expect(Date.parse(failing.retryAt!) - Date.now()).toBeLessThan(10_000);

  refusing = false;
  await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);
});

test('hints without an end drop a plan, but not two in a row', async () => {
  bench.world.facts = facts();
  bench.world.before = async (name) => {
    if (name === 'planSession') await bench.hint('54');
  };
  await bench.startWorkers();
  await bench.hint('54');
  const state = await bench.until('54', (s) => s.lastChangeAt !== null);

  const did = state.journal.map((j) => j.what).filter((what) => ['plan', 'drop', 'create'].includes(what));
  expect(did.slice(0, 4)).toEqual(['plan', 'drop', 'plan', 'create']);
  bench.world.before = () => undefined;
  await bench.until('54', atRest);
  expect(bench.world.count('createCalendarEvent')).toBe(1);
});

test('a new run adopts what an earlier one left, and writes nothing', async () => {
  bench.world.facts = facts();
  await bench.startWorkers();
  await bench.hint('54');
  const before = await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);
  const present = Object.values(before.ledger.people).map((p) => p.addressKey);
  bench.world.found = { events: before.ledger.events, present, answered: [], surplus: [] };
  await bench.handle('54').terminate('test');

  await bench.hint('54');
  const state = await bench.until('54', (s) => atRest(s) && s.adopted);

  expect(state.ledger.events).toEqual(before.ledger.events);
  expect(bench.world.count('createCalendarEvent')).toBe(1);
  expect(bench.world.count('updateAttendees')).toBe(0);
});

test('a second copy that is found is cancelled', async () => {
  bench.world.facts = facts();
  await bench.startWorkers();
  await bench.hint('54');
  const { ledger } = await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);
  bench.world.found = {
    events: ledger.events,
    present: [],
    answered: [],
    surplus: [{ eventId: '101', graphEventId: 'copy', generation: 1 }],
  };
  await bench.handle('54').terminate('test');

  await bench.hint('54');
  await bench.until('54', (s) => atRest(s) && s.adopted);

  expect(bench.world.calls.cancelCalendarEvent).toEqual([expect.objectContaining({ graphEventId: 'copy' })]);
});

test('an event that somebody deleted in the mailbox is sent anew', async () => {
  bench.world.facts = facts();
  await bench.startWorkers();
  await bench.hint('54');
  const { ledger } = await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);

  await bench.handle('54').executeUpdate('resync', { args: [{ requestedBy: 'operator-1' }] });
  const state = await bench.until('54', (s) => atRest(s) && s.ledger.events['101']?.generation === 2);

  expect(ledger.events['101']?.generation).toBe(1);
  expect(state.ledger.events['101']?.graphEventId).toBe('graph-101-2');
});

test('resync and hold want to know who asks', async () => {
  bench.world.facts = facts();
  await bench.startWorkers();
  await bench.hint('54');
  await bench.until('54', atRest);

  await expect(bench.handle('54').executeUpdate('resync', { args: [{ requestedBy: '' }] })).rejects.toMatchObject({
    cause: { message: expect.stringContaining('requestedBy is missing') as string },
  });
});

test('a held session writes nothing and forgets nothing', async () => {
  bench.world.facts = facts();
  await bench.startWorkers();
  await bench.hint('54');
  await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);

  await bench.handle('54').executeUpdate('hold', { args: [{ requestedBy: 'operator-1', reason: 'audit' }] });
  bench.world.facts = facts({ enrolments: [aLearner('1')] });
  await bench.hint('54');
  const held = await bench.until('54', (s) => s.inbox.count > 0);
  expect(held.held).toMatchObject({ by: 'operator-1', reason: 'audit' });
  expect(bench.world.count('updateAttendees')).toBe(0);

  await bench.handle('54').executeUpdate('release', { args: [{ requestedBy: 'operator-1' }] });
  await bench.until('54', (s) => atRest(s) && s.held === null && Object.keys(s.ledger.people).length === 1);
  expect(bench.world.count('updateAttendees')).toBe(1);
});

test('a held session with hints rolls over in its time, and keeps them', async () => {
  bench.world.facts = facts();
  bench.world.pace = { ...QUICK, rollOverMs: 2_500 };
  await bench.startWorkers();
  await bench.hint('54');
  await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);
  await bench.handle('54').executeUpdate('hold', { args: [{ requestedBy: 'operator-1' }] });
  await bench.hint('54');
  const { runId } = await bench.handle('54').describe();

  await bench.anotherRun('54', runId);
  const rolled = await bench.handle('54').describe();
  const state = await bench.state('54');

  expect(rolled.runId).not.toBe(runId);
  expect(rolled.historyLength).toBeLessThan(20);
  expect(state.held).not.toBeNull();
  expect(state.inbox.count).toBe(1);
});

test('what changed while the platform was frozen is made up for after it, without another hint', async () => {
  bench.world.frozen = true;
  bench.world.facts = facts();
  await bench.startWorkers();
  await bench.hint('54');
  const frozen = await bench.until('54', (s) => s.position === 'frozen' && s.retryAt !== null);
  expect(frozen.ledger.events).toEqual({});

  bench.world.facts = facts({ enrolments: [aLearner('1'), aLearner('3')] });
  bench.world.frozen = false;
  const state = await bench.until('54', (s) => atRest(s) && s.ledger.events['101']?.graphEventId != null);

  expect(Object.keys(state.ledger.people).sort()).toEqual(['1', '3']);
  expect(bench.world.count('createCalendarEvent')).toBe(1);
});

test('a session without invitations completes after the second look', async () => {
  bench.world.facts = facts({ session: { rsvp: 'off' } });
  await bench.startWorkers();

  await bench.hint('54');
  const result = (await bench.handle('54').result()) as { position: string };

  expect(result.position).toBe('off');
  expect(bench.world.count('createCalendarEvent')).toBe(0);
});

test('a deleted session withdraws its events and completes', async () => {
  bench.world.facts = facts({ events: [future(1), future(2)] });
  await bench.startWorkers();
  await bench.hint('54');
  await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);

  bench.world.reading = { kind: 'gone', readAs: '7/godadmin', evidence: 'absent-from-course' };
  await bench.hint('54');
  const result = (await bench.handle('54').result()) as { position: string };

  expect(result.position).toBe('session-gone');
  expect(bench.world.count('cancelCalendarEvent')).toBe(2);
});

test('completes after its end and the grace time', async () => {
  bench.world.pace = { ...QUICK, graceMs: 500, settleMs: 200 };
  await bench.startWorkers();
  // Its end is near, but not past, when it is planned first, however long that takes to come.
  bench.world.before = (name) => {
    if (name !== 'planSession' || bench.world.facts !== null) return;
    bench.world.facts = facts({
      events: [anEvent({ startsAt: inDays(-3), endsAt: new Date(Date.now() + 3_000).toISOString() })],
    });
  };

  await bench.hint('54');
  const result = (await bench.handle('54').result()) as { position: string };

  expect(result.position).toBe('on');
  expect(bench.world.count('createCalendarEvent')).toBe(1);
});

test('an idle run rolls over and keeps its state', async () => {
  bench.world.facts = facts();
  bench.world.pace = { ...QUICK, rollOverMs: 1_500 };
  await bench.startWorkers();
  await bench.hint('54');
  const before = await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);
  const firstRun = (await bench.handle('54').describe()).runId;

  await bench.anotherRun('54', firstRun);
  const after = await bench.state('54');

  expect((await bench.handle('54').describe()).runId).not.toBe(firstRun);
  expect(after.ledger).toEqual(before.ledger);
  expect(bench.world.count('createCalendarEvent')).toBe(1);
});

test('12,000 hints while the calendar is away: none is lost, and the signal wall is never reached', async () => {
  bench.world.facts = facts();
  let away = true;
  bench.world.before = (name) => {
    if (away && name === 'createCalendarEvent')
      throw ApplicationFailure.create({ message: 'away', type: 'GRAPH_UNAVAILABLE' });
  };
  await bench.startWorkers();
  await bench.hint('54');

  const senders = Array.from({ length: 24 }, async () => {
    for (let i = 0; i < 500; i++) await bench.hint('54');
  });
  await Promise.all(senders);
  bench.world.facts = facts({ enrolments: [aLearner('1'), aLearner('2'), aLearner('3')] });
  await bench.hint('54');
  away = false;
  const state = await bench.until(
    '54',
    (s) => atRest(s) && Object.keys(s.ledger.people).length === 3 && s.ledger.events['101']?.graphEventId != null,
    120_000,
  );

  const taken = state.seen.length + state.seenEvicted;
  expect(taken).toBe(12_002);
  expect(state.ledger.events['101']?.graphEventId).toBe('graph-101-1');
});

test('signals that pour in while an activity hangs lead to a roll-over, not to the wall', async () => {
  bench.world.facts = facts();
  let hanging = true;
  bench.world.before = async (name) => {
    while (hanging && name === 'createCalendarEvent') await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await bench.startWorkers();
  await bench.hint('54');
  await bench.until('54', () => bench.world.count('createCalendarEvent') > 0);
  const { runId: firstRun } = await bench.handle('54').describe();

  let runId = firstRun;
  for (let sent = 0; runId === firstRun && sent < 9_000; sent += 100) {
    // One after the other: a task behind whose back a hundred come in is failed by Temporal, and does not roll over.
    for (let i = 0; i < 100; i++) {
      const signal = { receivedAt: new Date().toISOString(), hints: [bench.aHint()] };
      await bench.handle('54').signal('hint', signal);
    }
    runId = (await bench.handle('54').describe()).runId;
  }
  hanging = false;
  const state = await bench.until('54', (s) => atRest(s) && s.ledger.events['101']?.graphEventId != null);

  expect(runId).not.toBe(firstRun);
  expect(state.ledger.events['101']?.generation).toBe(1);
});
