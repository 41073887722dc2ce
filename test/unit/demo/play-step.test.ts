import { playStep, type Step } from '../../../demo/day/play-step';
import { toLine, toSummary } from '../../../demo/day/report';
import type { Look, Traffic, Watch } from '../../../demo/day/watch';
import { NOTHING } from '../../../demo/checker/expectation';
import type { House } from '../../../demo/house/house';

/** A watch whose looks and traffic are given: the first looks in turn, then the last one again and again. */
function aWatch(looks: readonly (readonly string[])[], traffic: Traffic = { graph: [], docebo: [] }, rests = true) {
  let n = 0;
  const accepted: Look[] = [];
  const look = async (): Promise<Look> => {
    const differences = looks[Math.min(n++, looks.length - 1)] ?? [];
    return { differences, mails: 3, expectation: NOTHING };
  };
  const until = async (): Promise<Look> => {
    for (;;) {
      const seen = await look();
      if (seen.differences.length === 0 || n >= looks.length) return seen;
    }
  };
  const watch = {
    begin: async () => undefined,
    accept: (seen: Look) => accepted.push(seen),
    look,
    until,
    untilQuiet: async () => rests,
    traffic: async () => traffic,
  };
  return { watch: watch as unknown as Watch, accepted };
}

const house = {} as House;
const schedules = { rsvpPoll: '30d', sweep: '30d', failureDigest: '1d' };
const pace = { coalesceMs: 1, settleMs: 1, schedules };
const step: Step = { title: 'a learner enrols', act: async () => undefined, limitMs: 20 };

describe('a step of the day', () => {
  test('is right when everything comes to be as it must and stays so', async () => {
    const { watch, accepted } = aWatch([['not yet'], []], { graph: ['GET /v1.0/x'], docebo: ['GET /a', 'GET /b'] });

    const outcome = await playStep(step, house, watch, pace);

    expect(outcome).toMatchObject({ mails: 3, graphCalls: 1, doceboCalls: 2, differences: [] });
    expect(accepted).toHaveLength(1);
  });

  test('is wrong when the mailbox never gets there', async () => {
    const { watch, accepted } = aWatch([['event 1/2: 0 in the calendar instead of one']]);

    const outcome = await playStep(step, house, watch, pace);

    expect(outcome.differences).toEqual(['event 1/2: 0 in the calendar instead of one']);
    expect(accepted).toEqual([]);
  });

  test('is wrong when something follows after all was well', async () => {
    const { watch } = aWatch([[], ['update of event 1/2: 1 too many, to ada@academy.example']]);

    expect((await playStep(step, house, watch, pace)).differences).toEqual([
      'update of event 1/2: 1 too many, to ada@academy.example',
    ]);
  });

  test('is wrong when the systems do not come to rest', async () => {
    const { watch } = aWatch([[]], undefined, false);

    expect((await playStep(step, house, watch, pace)).differences).toEqual([
      'the systems were still being asked after 60 s',
    ]);
  });

  test('is wrong when what it awaits does not come, and when its calls are not what they must be', async () => {
    const inVain = await playStep({ ...step, awaits: () => 'a look-up' }, house, aWatch([[]]).watch, pace);
    const odd = await playStep(
      { ...step, inspect: () => ['the calendar was written to'] },
      house,
      aWatch([[]]).watch,
      pace,
    );

    expect(inVain.differences).toEqual(['waited 0.02 s in vain for a look-up']);
    expect(odd.differences).toEqual(['the calendar was written to']);
  });
});

describe('the report', () => {
  const outcome = {
    title: 'a learner enrols',
    seconds: 1.44,
    mails: 1003,
    graphCalls: 6,
    doceboCalls: 7,
    differences: [],
  };

  test('gives a step one line', () => {
    expect(toLine(3, outcome)).toMatch(/^ 3 {2}a learner enrols +1\.4 +1003 +6 +7 {2}ok$/);
  });

  test('puts what differs below the line', () => {
    expect(toLine(3, { ...outcome, differences: ['one', 'two'] })).toMatch(/ {2}WRONG\n {6}- one\n {6}- two$/);
  });

  test('sums up a day that went well, and one that did not', () => {
    expect(toSummary([outcome, outcome], 2, 95)).toBe(
      'all 2 steps as they must be: 2,006 mails, each to the right person once; 12 Graph calls, 14 Docebo calls; 1 min 35 s',
    );
    expect(toSummary([outcome, { ...outcome, differences: ['one'] }], 5, 61)).toBe(
      '1 of 5 steps as they must be, then a difference; 2,006 mails, 12 Graph calls, 14 Docebo calls, 1 min 1 s',
    );
  });
});
