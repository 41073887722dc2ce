import { ApplicationFailure } from '@temporalio/common';
import type { ObservedAnswer } from '../../src/domain/rsvp/observed-answer';
import { aLearner, anEvent, keyOf, someFacts } from '../support/builders';
import { atRest, QUICK, SessionBench } from '../support/session-workers';

let bench: SessionBench;
beforeEach(async () => {
  bench = await SessionBench.open('answers');
  bench.world.facts = facts();
  await bench.startWorkers();
});
afterEach(() => bench.close());

const hours = (n: number): string => new Date(Math.floor(Date.now() / 1000) * 1000 + n * 3_600_000).toISOString();
const day = anEvent({ startsAt: hours(24), endsAt: hours(30) });
const facts = (over: Parameters<typeof someFacts>[0] = {}) =>
  someFacts({ events: [day], session: { instructors: ['9'] }, ...over });

async function invited(): Promise<void> {
  await bench.hint('54');
  await bench.until('54', (s) => atRest(s) && s.lastChangeAt !== null);
}

function answer(userId: string, response: ObservedAnswer['response'], respondedAt = hours(0)): ObservedAnswer {
  return { addressKey: keyOf(`user${userId}@example.com`), response, respondedAt, namesakes: [] };
}

async function observe(...answers: ObservedAnswer[]): Promise<void> {
  const graphEventId = (await bench.state('54')).ledger.events['101']!.graphEventId!;
  const signal = {
    observedAt: new Date().toISOString(),
    events: [{ eventId: '101', graphEventId, answers }],
    removed: [],
  };
  await bench.handle('54').signal('rsvpObserved', signal);
}

const told = () => (bench.world.calls.writeAnswers ?? []).flatMap((c) => (c as { answers: object[] }).answers);

test('learners’ answers are written to Docebo once; an instructor’s is kept and never written', async () => {
  await invited();

  await observe(answer('1', 'accepted'), answer('2', 'tentative'), answer('9', 'accepted'));
  await observe(answer('1', 'accepted'));
  const state = await bench.until('54', (s) => s.ledger.events['101']?.answers['2']?.[3] === 'tentative');

  expect(told()).toEqual([
    { eventId: '101', userId: '1', response: 'accepted' },
    { eventId: '101', userId: '2', response: 'tentative' },
  ]);
  expect(state.ledger.events['101']?.answers['9']).toEqual(['accepted', expect.any(String), null, null]);
});

test('with write-back off nothing is written, and the answers stand in the state', async () => {
  bench.world.answerPolicy = { ...bench.world.answerPolicy, writeBack: false };
  await invited();

  await observe(answer('1', 'declined'));
  const state = await bench.until('54', (s) => s.ledger.events['101']?.answers['1'] !== undefined);

  expect(state.ledger.events['101']?.answers['1']?.[0]).toBe('declined');
  expect(bench.world.count('writeAnswers')).toBe(0);
});

test('a reschedule makes answers wait to be confirmed; it is no decline, and Docebo keeps what it was told', async () => {
  await invited();
  await observe(answer('1', 'accepted', hours(-1)));
  await bench.until('54', (s) => s.ledger.events['101']?.answers['1']?.[3] === 'accepted');

  bench.world.facts = facts({ events: [anEvent({ ...day, startsAt: hours(48), endsAt: hours(54) })] });
  await bench.hint('54');
  const waiting = await bench.until('54', (s) => s.ledger.events['101']?.answers['1']?.[2] !== null);
  expect(waiting.ledger.events['101']?.answers['1']).toMatchObject({ 0: 'accepted', 3: 'accepted' });

  await observe(answer('1', 'declined', hours(1)));
  await bench.until('54', (s) => s.ledger.events['101']?.answers['1']?.[3] === 'declined');
  expect(told().at(-1)).toEqual({ eventId: '101', userId: '1', response: 'declined' });
});

test('a new run takes in what was answered before it', async () => {
  await invited();
  const { ledger } = await bench.state('54');
  const row = ledger.events['101']!;
  const answered = [{ eventId: '101', graphEventId: row.graphEventId!, answers: [answer('1', 'accepted')] }];
  const present = Object.values(ledger.people).map((p) => p.addressKey);
  bench.world.found = { events: { '101': row }, present, answered, surplus: [] };
  await bench.handle('54').terminate('test');

  await bench.hint('54');
  await bench.until('54', (s) => s.ledger.events['101']?.answers['1']?.[3] === 'accepted');

  expect(told()).toEqual([{ eventId: '101', userId: '1', response: 'accepted' }]);
});

test('an answer of nobody who was invited is on the list of the unmatched', async () => {
  await invited();

  await observe({ ...answer('1', 'accepted'), addressKey: 'stranger---' });
  const state = await bench.until('54', (s) => s.unmatched.length === 1);

  expect(state.unmatched).toEqual([expect.objectContaining({ eventId: '101', addressKey: 'stranger---' })]);
  expect(told()).toEqual([]);
});

test('an answer to a copy of the event counts for nothing', async () => {
  await invited();

  const events = [{ eventId: '101', graphEventId: 'a copy', answers: [answer('1', 'declined')] }];
  await bench.handle('54').signal('rsvpObserved', { observedAt: hours(0), events, removed: [] });
  await observe(answer('2', 'accepted'));
  const state = await bench.until('54', (s) => s.ledger.events['101']?.answers['2'] !== undefined);

  expect(state.ledger.events['101']?.answers['1']).toBeUndefined();
});

test('an event that somebody deleted in the mailbox is made anew', async () => {
  await invited();
  const { graphEventId } = (await bench.state('54')).ledger.events['101']!;

  await bench.handle('54').signal('rsvpObserved', { observedAt: hours(0), events: [], removed: [graphEventId] });

  await bench.until(
    '54',
    (s) => s.ledger.events['101']?.generation === 2 && s.ledger.events['101'].graphEventId !== null,
  );
});

test('a write-back that fails is shown and tried again; the session’s invitations go on meanwhile', async () => {
  await invited();
  bench.world.before = (name) => {
    if (name === 'writeAnswers') throw ApplicationFailure.nonRetryable('DOCEBO refuses access (403)', 'DOCEBO_ACCESS');
  };

  await observe(answer('1', 'accepted'));
  const failing = await bench.until('54', (s) => s.answerFailure !== null);
  expect(failing.answerFailure).toMatchObject({ code: 'DOCEBO_ACCESS', step: 'writeBack' });
  expect(failing.answersDueAt).not.toBeNull();

  bench.world.facts = facts({ enrolments: [aLearner('1')] });
  await bench.hint('54');
  await bench.until('54', (s) => s.ledger.people['2'] === undefined && !s.busy);
  expect(bench.world.count('updateAttendees')).toBe(1);

  bench.world.before = () => undefined;
  const told = await bench.until('54', (s) => s.ledger.events['101']?.answers['1']?.[3] === 'accepted');
  expect(told.answerFailure).toBeNull();
});

test('an answer that Docebo refuses for good holds nobody else up', async () => {
  await invited();
  bench.world.refusedAnswers = [{ eventId: '101', userId: '1', code: 'DOCEBO_NOT_FOUND' }];
  await observe(answer('1', 'accepted'));
  await bench.until('54', (s) => s.answerFailure !== null);

  bench.world.refusedAnswers = [];
  await observe(answer('2', 'declined'));
  const state = await bench.until('54', (s) => s.ledger.events['101']?.answers['2']?.[3] === 'declined');

  expect(state.answerFailure).toBeNull();
});

test('an answer that Docebo refuses as wrong is named and not told again before an operator asks for it', async () => {
  await invited();
  bench.world.refusedAnswers = [{ eventId: '101', userId: '1', code: 'DOCEBO_REFUSED' }];

  await observe(answer('1', 'accepted'));
  const state = await bench.until('54', (s) => s.answerFailure !== null);

  expect(state.answerFailure).toMatchObject({
    code: 'DOCEBO_REFUSED',
    message: expect.stringContaining('user ids: 1') as string,
  });
  expect(state.ledger.events['101']?.answers['1']).toMatchObject({ 3: null, 4: { times: 1, until: null } });

  bench.world.refusedAnswers = [];
  const present = Object.values(state.ledger.people).map((p) => p.addressKey);
  bench.world.found = { events: { '101': state.ledger.events['101']! }, present, answered: [], surplus: [] };
  await bench.handle('54').executeUpdate('resync', { args: [{ requestedBy: 'operator-1' }] });
  await bench.until('54', (s) => s.ledger.events['101']?.answers['1']?.[3] === 'accepted');
  expect(told()).toHaveLength(2);
});

describe('an answer of a learner whom Docebo does not find', () => {
  async function refused(retryMs: readonly number[]): Promise<void> {
    bench.world.pace = { ...QUICK, retryMs };
    await invited();
    bench.world.refusedAnswers = [{ eventId: '101', userId: '1', code: 'DOCEBO_NOT_FOUND' }];
    await observe(answer('1', 'accepted'));
    await bench.until('54', (s) => s.ledger.events['101']?.answers['1']?.[4] !== undefined);
  }

  test('is told again, since they may have been enrolled again', async () => {
    await refused(Array.from({ length: 50 }, () => 500));
    bench.world.refusedAnswers = [];
    const state = await bench.until('54', (s) => s.ledger.events['101']?.answers['1']?.[3] === 'accepted');

    expect(state.answerFailure).toBeNull();
  });

  test('is told again once for each wait of the pace, and no more', async () => {
    await refused([300, 500]);
    const state = await bench.until('54', (s) => s.ledger.events['101']?.answers['1']?.[4]?.until === null);

    expect(state.ledger.events['101']?.answers['1']?.[4]?.times).toBe(3);
    expect(told()).toHaveLength(3);
  });
});

test('a learner who left and has come back is told about anew, though the invitation never changed', async () => {
  // Two users of one address: the event's attendees are the same with and without the second one.
  const addresses = { '1': 'user1@example.com', '3': 'user1@example.com', '9': 'user9@example.com' };
  const people = Object.entries(addresses).map(([userId, address]) => ({ userId, address, name: userId }));
  const both = facts({ enrolments: [aLearner('1'), aLearner('3')], people });
  bench.world.facts = both;
  await invited();
  await observe(answer('1', 'accepted'));
  await bench.until('54', (s) => s.ledger.events['101']?.answers['3']?.[3] === 'accepted');

  bench.world.facts = facts({ enrolments: [aLearner('1')], people });
  await bench.hint('54');
  await bench.until('54', (s) => s.ledger.people['3'] === undefined);
  bench.world.facts = both;
  await bench.hint('54');
  await bench.until('54', () => told().length === 3);

  expect(told().map((one) => (one as { userId: string }).userId)).toEqual(['1', '3', '3']);
});

describe('a decline that frees the seat', () => {
  beforeEach(() => {
    bench.world.answerPolicy = { ...bench.world.answerPolicy, decline: { kind: 'unenrol', afterMs: 1_500 } };
  });

  test('does so when its time is up', async () => {
    await invited();
    bench.world.before = (name) => {
      if (name === 'unenrolLearner') bench.world.facts = facts({ enrolments: [aLearner('2')] });
    };

    await observe(answer('1', 'declined'));
    const state = await bench.until('54', (s) => s.ledger.people['1'] === undefined && !s.busy);

    expect(bench.world.calls.unenrolLearner).toEqual([
      { platform: 'academy', courseId: '190', sessionId: '54', userId: '1' },
    ]);
    expect(state.unenrolled['1']).toBeDefined();
  });

  test('is told to the operator when the learner accepts after all', async () => {
    await invited();
    bench.world.before = (name) => {
      if (name === 'unenrolLearner') bench.world.facts = facts({ enrolments: [aLearner('2')] });
    };
    await observe(answer('1', 'declined'));
    await bench.until('54', (s) => s.ledger.people['1'] === undefined && !s.busy);

    await observe(answer('1', 'accepted', hours(1)));
    const state = await bench.until('54', (s) => s.answerFailure !== null);

    expect(state.answerFailure).toMatchObject({ code: 'ANSWERS_ACCEPTED_LATE' });
    expect(state.answerFailure?.message).toContain('Enrol them again in Docebo');
    expect(state.unenrolled).toEqual({});
  });

  test('is taken back by accepting in time', async () => {
    // In time on a busy machine, too.
    bench.world.answerPolicy = { ...bench.world.answerPolicy, decline: { kind: 'unenrol', afterMs: 6_000 } };
    await invited();

    const declinedAt = Date.now();
    await observe(answer('1', 'declined', hours(0)));
    await observe(answer('1', 'accepted', hours(1)));
    await bench.until('54', (s) => s.ledger.events['101']?.answers['1']?.[3] === 'accepted');
    await new Promise((resolve) => setTimeout(resolve, declinedAt + 7_000 - Date.now()));

    expect(bench.world.count('unenrolLearner')).toBe(0);
  });

  test('frees nobody from a mandatory course', async () => {
    bench.world.answerPolicy = { ...bench.world.answerPolicy, mandatory: true };
    await invited();

    await observe(answer('1', 'declined'));
    await bench.until('54', (s) => s.ledger.events['101']?.answers['1']?.[3] === 'declined');
    await new Promise((resolve) => setTimeout(resolve, 2_500));

    expect(bench.world.count('unenrolLearner')).toBe(0);
  });
});
