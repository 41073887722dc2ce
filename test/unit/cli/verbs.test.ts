import { ConflictError, UpstreamError } from '../../../src/domain/errors';
import { aSessionState, FakeOperator } from '../../fakes/fake-operator';
import { call } from './call';

const row = {
  graphEventId: 'AAMk-1',
  generation: 2,
  invitationHash: 'h',
  placeHash: 'p',
  peopleHash: 'q',
  startsAt: '2026-12-01T08:00:00.000Z',
  endsAt: '2026-12-01T16:00:00.000Z',
  answers: { '7': ['accepted', '2026-11-20T10:00:00.000Z', null, 'accepted'] as const },
};
const healthy = aSessionState({
  position: 'on',
  startsAt: row.startsAt,
  counts: { events: 1, learners: 2, instructors: 1 },
  ledger: { ...aSessionState().ledger, courseId: '190', mailbox: 'training', events: { '101': row } },
});
const failing = aSessionState({
  sessionId: '5402',
  failures: [
    {
      code: 'GRAPH_ACCESS',
      message: '403 for mailbox training',
      step: 'create',
      eventId: '102',
      since: '2026-11-27T19:00:00.000Z',
      attempts: 3,
    },
  ],
});

let operator: FakeOperator;
beforeEach(() => {
  operator = new FakeOperator().add(healthy).add(failing, { status: 'error' });
});

describe('sessions', () => {
  it('lists them in aligned columns, with counts by status', async () => {
    const { out, exit } = await call('sessions', { operator });

    const [head = '', first = '', second = ''] = out.split('\n');
    expect(exit).toBe(0);
    expect(first).toMatch(
      /^academy\/5401 {2}in_sync {2}190 {5}2026-12-01 08:00 {2}training {2}session\/academy\/5401$/,
    );
    expect(second.indexOf('error')).toBe(head.indexOf('STATUS'));
    expect(out).toContain('2 sessions: 1 error, 1 in_sync');
  });

  it('hands its options on as one filter', async () => {
    await call('sessions --status error,held --course 190 --platform academy --starts-before 3d --ended', { operator });

    expect(operator.filters).toEqual([
      {
        statuses: ['error', 'held'],
        course: '190',
        platform: 'academy',
        startsBefore: '2026-11-30T20:00:00.000Z',
        ended: true,
      },
    ]);
  });

  it.each([
    ['--status eror', 'did you mean "error"'],
    ['--starts-before soon', 'Write a date'],
    ['--limit 0', 'from 1 on'],
    ['--course x', 'digits alone'],
    ['--platform academi', 'did you mean "academy"'],
  ])('refuses %s with advice and ends with 2', async (options, advice) => {
    const { exit, err } = await call(`sessions ${options}`, { operator });

    expect(exit).toBe(2);
    expect(err).toContain(advice);
  });

  it('says how many did not fit, and uses colour only where it is wanted', async () => {
    const plain = await call('sessions --limit 1', { operator });
    const coloured = await call('sessions --limit 1', { operator, colours: true });

    expect(plain.out).toContain('1 more do not fit, see --limit');
    expect(plain.out).not.toContain('\u001b');
    expect(coloured.out).toContain('\u001b[32min_sync');
  });
});

describe('session', () => {
  it.each(['5401', 'academy/5401', 'session/academy/5401'])('is found as %s', async (name) => {
    const { exit, out } = await call(`session ${name}`, { operator, platforms: ['academy'] });

    expect(exit).toBe(0);
    expect(out).toContain('academy/5401  in_sync: invitations are on');
    expect(out).toContain('1 event, 2 learners, 1 instructor');
  });

  it('says of each problem what to do', async () => {
    const { out } = await call('session 5402', { operator });

    expect(out).toContain('GRAPH_ACCESS at create of event 102, since 2026-11-27 19:00:00, 3 attempts');
    expect(out).toContain('  - In Exchange Online, grant the app');
  });

  it('asks which platform where there are several, and ends with 4 where there is no workflow', async () => {
    const several = await call('session 5401', { operator, platforms: ['academy', 'emea'] });
    const unknown = await call('session 9', { operator });

    expect(several).toMatchObject({ exit: 2 });
    expect(several.err).toContain('there are academy, emea');
    expect(unknown).toMatchObject({ exit: 4 });
  });

  it('says clearly that no worker runs, and ends with 3', async () => {
    const silent = new UpstreamError('No worker of Convoke runs.', { code: 'TEMPORAL_NO_WORKER' });
    operator.failures.set('session/academy/5401', silent);

    const { exit, err } = await call('session 5401', { operator });

    expect(exit).toBe(3);
    expect(err).toBe('TEMPORAL_NO_WORKER: No worker of Convoke runs.\n');
  });
});

describe('resync, hold and release', () => {
  it('ask one session in the name of who sits here, or of --as', async () => {
    await call('resync 5401', { operator });
    await call(['hold', '5401', '--reason', 'import', '--as', 'ada'], { operator });
    await call('release 5401', { operator });

    expect(operator.asked).toEqual([
      'resync session/academy/5401 by ops',
      'hold session/academy/5401 by ada: import',
      'release session/academy/5401 by ops',
    ]);
  });

  it('ask many only after the number was typed', async () => {
    const wrong = await call('resync --course 190', { operator, answers: ['yes'] });
    const nobody = await call('resync --course 190', { operator });
    const asked = [...operator.asked];
    const right = await call('resync --course 190', { operator, answers: ['2'] });

    expect(wrong).toMatchObject({ exit: 5, out: 'Nothing was done.\n' });
    expect(nobody).toMatchObject({ exit: 2 });
    expect(nobody.err).toContain('add --yes');
    expect(asked).toEqual([]);
    expect(right.exit).toBe(0);
    expect(operator.asked).toHaveLength(2);
  });

  it('goes on after one session failed, and ends with 1', async () => {
    operator.failures.set('session/academy/5401', new ConflictError('busy', { code: 'TEMPORAL_NO_ANSWER' }));

    const { exit, json } = await call('resync 5401 5402 --json', { operator });

    expect(exit).toBe(1);
    expect(json()).toMatchObject({ sessions: [{ error: { code: 'TEMPORAL_NO_ANSWER' } }, { note: 'resync done' }] });
  });

  it('gives up the others when no worker runs, and ends with 3', async () => {
    const many = Array.from({ length: 20 }, (_, i) => String(100 + i));
    for (const id of many) {
      const silent = new UpstreamError('none', { code: 'TEMPORAL_NO_WORKER' });
      operator.failures.set(`session/academy/${id}`, silent);
    }

    const { exit, json } = await call(['resync', ...many, '--json'], { operator });

    const { sessions } = json() as { sessions: { skipped?: boolean }[] };
    expect(exit).toBe(3);
    expect(sessions.filter(({ skipped }) => skipped === true).length).toBeGreaterThanOrEqual(12);
  });

  it('starts a session without a workflow only when told so', async () => {
    const not = await call('resync 9', { operator });
    const started = await call('resync 9 --start', { operator });

    expect(not.exit).toBe(4);
    expect(started).toMatchObject({ exit: 0, out: 'academy/9  started\n' });
    expect(operator.asked).toEqual(['start session/academy/9']);
  });

  it('refuses names together with a filter, neither, and a hold without a reason', async () => {
    const both = await call('resync 5401 --course 190', { operator });
    const neither = await call('release', { operator });
    const silent = await call('hold 5401', { operator });

    expect([both.exit, neither.exit, silent.exit]).toEqual([2, 2, 2]);
    expect(operator.asked).toEqual([]);
  });
});

describe('coverage', () => {
  const measured = (over: object) => ({
    platform: 'academy',
    coverage: {
      at: '2026-11-27T19:00:00.000Z',
      seats: 1000,
      covered: 999,
      oldestGapSince: '2026-11-27T15:00:00.000Z',
      ...over,
    },
  });

  it.each([
    ['a gap of 5 hours is within a day', measured({}), '', 0, '99.9'],
    ['a gap of 5 hours is older than 2', measured({}), ' --max-gap 2h', 1, 'a gap is 5 h old'],
    [
      'an old sweep says nothing of today',
      measured({ at: '2026-11-20T19:00:00.000Z', oldestGapSince: null }),
      '',
      1,
      'the last sweep is 7 days old',
    ],
    ['nothing is known', { platform: 'academy', coverage: null }, '', 1, 'not known'],
  ])('%s', async (_what, coverage, options, exit, text) => {
    operator.coverages = [coverage];

    const result = await call(`coverage${options}`, { operator });

    expect(result.exit).toBe(exit);
    expect(result.out).toContain(text);
  });
});

describe('events', () => {
  it.each(['5401', 'cvk1-academy-5401-101-2', '5401-101'])('are found by %s', async (name) => {
    const { json, exit } = await call(`events ${name} --json`, { operator });

    expect(exit).toBe(0);
    expect(json()).toMatchObject({
      mailbox: 'training',
      seats: { learners: 2, instructors: 1 },
      events: [
        { eventId: '101', graphEventId: 'AAMk-1', transactionId: 'cvk1-academy-5401-101-2', answers: { accepted: 1 } },
      ],
    });
  });

  it('tell which of them somebody else made, so that their transaction id is another one', async () => {
    const at = '2026-11-20T10:00:00.000Z';
    const adopt = { at, what: 'adopt', note: '1 events found in training' };
    const create = { at, what: 'create', eventId: '101', note: 'created; mails all; +2 -0' };
    operator.add({ ...healthy, journal: [adopt] });
    const foreign = await call('events 5401', { operator });
    operator.add({ ...healthy, journal: [create, adopt] });
    const own = await call('events 5401', { operator });

    expect(foreign.out).toContain('adopted: 101');
    expect(own.out).not.toContain('adopted');
  });

  it('ends with 4 for an event that was never written', async () => {
    expect(await call('events 5401-999', { operator })).toMatchObject({ exit: 4, out: '' });
  });
});

describe('terminate', () => {
  it('wants the id typed, and says what follows', async () => {
    const wrong = await call(['terminate', '5401', '--reason', 'stuck'], { operator, answers: ['5402'] });
    const asked = [...operator.asked];
    const right = await call(['terminate', '5401', '--reason', 'stuck'], { operator, answers: ['5401'] });

    expect(wrong.exit).toBe(5);
    expect(asked).toEqual([]);
    expect(wrong.err).toContain('nobody is mailed');
    expect(right.exit).toBe(0);
    expect(operator.asked).toEqual(['terminate session/academy/5401 by ops: stuck']);
  });
});

describe('replay', () => {
  it('says that a history fits, or at which event it does not and what to do', async () => {
    const fits = await call('replay 5401', { operator });
    const misfit = { reason: 'DeterminismViolationError: another command', atEvent: 13 };
    const not = await call('replay 5401', { operator, misfit });

    expect(fits).toMatchObject({ exit: 0 });
    expect(fits.out).toContain('session/academy/5401  run run-1  5 events  fits');
    expect(not).toMatchObject({ exit: 1 });
    expect(not.out).toMatch(/does not fit at event 13[\s\S]*patched\(/);
  });

  it('replays every run with --all', async () => {
    const run = {
      workflowId: 'platform/academy',
      workflowType: 'platformHealth',
      execution: 'running' as const,
      startedAt: '',
    };
    operator.runsOf.set('platform/academy', [
      { ...run, runId: 'a' },
      { ...run, runId: 'b' },
    ]);

    const { json } = await call('replay platform/academy --all --json', { operator });

    expect(json()).toMatchObject({ fits: true, runs: [{ workflowId: 'platform/academy' }, {}] });
  });
});
