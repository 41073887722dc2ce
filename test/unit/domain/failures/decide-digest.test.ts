import {
  blindTo,
  CAUSES_PER_MAIL,
  CAUSES_REMEMBERED,
  decideDigest,
  digestKey,
} from '../../../../src/domain/failures/decide-digest';
import type { DigestMemory, FailureNotice, SentCause } from '../../../../src/domain/failures/failure-notice';
import { aMemory, aNotice, aReading, hoursFromNow, NOW } from './builders';

const CAUSE = 'GRAPH_ACCESS mailbox/training';
const OTHER = 'DOCEBO_TOKEN platform/academy';
const SILENCE = 'WEBHOOK_SILENCE platform/academy';

function sentAt(hours: number, over: Partial<SentCause> = {}): SentCause {
  return { at: hoursFromNow(hours), since: hoursFromNow(hours - 1), open: true, ...over };
}

function noticeOf(cause: string, over: Partial<FailureNotice> = {}): FailureNotice {
  const [code = '', scope = ''] = cause.split(' ');
  return aNotice({ code, scope, ...over });
}

describe('the digest’s decision', () => {
  it.each<[string, string[], DigestMemory['sent'], string[], string[]]>([
    ['a new failure is mailed', [CAUSE], {}, [CAUSE], []],
    ['nothing is mailed when nothing is wrong', [], {}, [], []],
    ['a failure mailed today is not mailed again', [CAUSE], { [CAUSE]: sentAt(-3) }, [], []],
    ['a failure is mailed again after a day', [CAUSE], { [CAUSE]: sentAt(-24) }, [CAUSE], []],
    ['a run a few minutes early counts as a day later', [CAUSE], { [CAUSE]: sentAt(-23.9) }, [CAUSE], []],
    ['a run an hour early does not', [CAUSE], { [CAUSE]: sentAt(-23) }, [], []],
    ['one failure’s mail says nothing of another', [CAUSE, OTHER], { [CAUSE]: sentAt(-3) }, [OTHER], []],
    ['the end of a mailed failure is mailed', [], { [CAUSE]: sentAt(-3) }, [], [CAUSE]],
    ['an end that was mailed is not mailed again', [], { [CAUSE]: sentAt(-3, { open: false }) }, [], []],
    ['a failure back within the day waits', [CAUSE], { [CAUSE]: sentAt(-3, { open: false }) }, [], []],
    [
      'a failure back and lasting is mailed after the day',
      [CAUSE],
      { [CAUSE]: sentAt(-25, { open: false }) },
      [CAUSE],
      [],
    ],
    ['failures and ends go together', [OTHER], { [CAUSE]: sentAt(-3) }, [OTHER], [CAUSE]],
  ])('%s', (_rule, failing, sent, mailed, recovered) => {
    const decision = decideDigest({ notices: failing.map((c) => noticeOf(c)), memory: aMemory(sent), now: NOW });

    expect(decision.failures.map(({ cause }) => cause)).toEqual(mailed);
    expect(decision.recovered.map(({ cause }) => cause)).toEqual(recovered);
    expect(decision.waiting).toBe(0);
  });

  it('begins without a memory', () => {
    const decision = decideDigest({ notices: [noticeOf(CAUSE)], memory: null, now: NOW });

    expect(decision.failures).toMatchObject([{ cause: CAUSE, again: false }]);
    expect(decision.memory).toEqual(aMemory({ [CAUSE]: { at: NOW, since: hoursFromNow(-2), open: true } }));
  });

  it('tells of ends as the failures were', () => {
    const { recovered } = decideDigest({ notices: [], memory: aMemory({ [CAUSE]: sentAt(-3) }), now: NOW });

    expect(recovered).toEqual([
      { cause: CAUSE, code: 'GRAPH_ACCESS', scope: 'mailbox/training', since: hoursFromNow(-4) },
    ]);
  });

  it('knows a failure that lasts by its memory, and since when', () => {
    const decide = (before: SentCause) =>
      decideDigest({ notices: [noticeOf(CAUSE)], memory: aMemory({ [CAUSE]: before }), now: NOW }).failures[0];

    expect(decide(sentAt(-25))).toMatchObject({ again: true, since: hoursFromNow(-26) });
    expect(decide(sentAt(-25, { since: hoursFromNow(-1) }))).toMatchObject({ again: true, since: hoursFromNow(-2) });
    expect(decide(sentAt(-25, { open: false }))).toMatchObject({ again: false, since: hoursFromNow(-2) });
  });

  it.each<[string, Parameters<typeof aReading>[0], string[]]>([
    ['everything was read', {}, [CAUSE, SILENCE]],
    ['some failing session was not looked into', { sessions: { further: 1 } }, [SILENCE]],
    ['some session did not answer', { sessions: { unreadable: [{ platform: 'academy', sessionId: '1' }] } }, [SILENCE]],
    ['some platform did not answer', { health: { complete: false } }, [CAUSE]],
    ['some other problem may be hidden', { other: { complete: false } }, []],
  ])('takes only the end of what it can see for an end: %s', (_what, reading, expected) => {
    const memory = aMemory({ [CAUSE]: sentAt(-3), [SILENCE]: sentAt(-2) });

    const decision = decideDigest({ notices: [], memory, now: NOW, blind: blindTo(aReading(reading)) });

    expect(decision.recovered.map(({ cause }) => cause)).toEqual(expected);
    const still = Object.values(decision.memory.sent).filter(({ open }) => open).length;
    expect(still).toBe(2 - expected.length);
  });

  it('puts first what is new, then what concerns most people, then what is oldest', () => {
    const notices = [
      noticeOf('A last', { learners: 999, count: 99 }),
      noticeOf('B few', { learners: 1, count: 1 }),
      noticeOf('C many', { learners: 50, count: 1 }),
      noticeOf('D sessions', { learners: 1, count: 4 }),
      noticeOf('E old', { learners: 1, count: 1, since: hoursFromNow(-9) }),
      noticeOf('F few', { learners: 1, count: 1 }),
    ];

    const { failures } = decideDigest({ notices, memory: aMemory({ 'A last': sentAt(-30) }), now: NOW });

    expect(failures.map(({ code }) => code).join('')).toBe('CDEBFA');
  });

  it('tells in the next mail what finds no room in this one', () => {
    const notices = Array.from({ length: CAUSES_PER_MAIL + 3 }, (_, i) => noticeOf(`DOCEBO_TOKEN platform/p${i}`));
    const over = Array.from({ length: CAUSES_PER_MAIL + 2 }, (_, i) => [`GRAPH_ACCESS mailbox/m${i}`, sentAt(-3)]);
    const memory = aMemory(Object.fromEntries(over) as DigestMemory['sent']);

    const first = decideDigest({ notices, memory, now: NOW });
    const second = decideDigest({ notices, memory: first.memory, now: hoursFromNow(1) });
    const third = decideDigest({ notices, memory: second.memory, now: hoursFromNow(2) });

    expect([first, second, third].map((d) => [d.failures.length, d.recovered.length, d.waiting])).toEqual([
      [CAUSES_PER_MAIL, CAUSES_PER_MAIL, 5],
      [3, 2, 0],
      [0, 0, 0],
    ]);
  });

  it('forgets what ended a day ago, and keeps what may come back', () => {
    const memory = aMemory({
      'A gone': sentAt(-25, { open: false }),
      'B gone': sentAt(-23, { open: false }),
      'C back': sentAt(-23, { open: false }),
      'D lasts': sentAt(-3),
    });

    const decision = decideDigest({ notices: [noticeOf('C back'), noticeOf('D lasts')], memory, now: NOW });

    expect(decision.failures).toEqual([]);
    expect(Object.keys(decision.memory.sent).sort()).toEqual(['B gone', 'C back', 'D lasts']);
  });

  it('remembers a bounded number of causes: those that last before those that ended, the latest before the oldest', () => {
    const ended = Array.from({ length: 300 }, (_, i) => [`X ended${i}`, sentAt(-1 - i / 100, { open: false })]);
    const lasting = Array.from({ length: 300 }, (_, i) => [`Y lasts${i}`, sentAt(-1 - i / 100)]);
    const memory = aMemory(Object.fromEntries([...ended, ...lasting]) as DigestMemory['sent']);
    const notices = lasting.map(([cause]) => noticeOf(cause as string));

    const { sent } = decideDigest({ notices, memory, now: NOW }).memory;

    expect(Object.keys(sent)).toHaveLength(CAUSES_REMEMBERED);
    expect(sent).toHaveProperty(['Y lasts299']);
    expect(sent).toHaveProperty(['X ended199']);
    expect(sent).not.toHaveProperty(['X ended200']);
  });

  it('survives JSON', () => {
    const { memory } = decideDigest({ notices: [noticeOf(CAUSE)], memory: aMemory({ [OTHER]: sentAt(-3) }), now: NOW });

    expect(JSON.parse(JSON.stringify(memory))).toEqual(memory);
  });
});

describe('the key of a mail', () => {
  const digest = (text: string): string => text;
  const keyOf = (notices: FailureNotice[], memory: DigestMemory | null, now = NOW): string =>
    digestKey(decideDigest({ notices, memory, now }), memory, now, digest);
  const first = keyOf([noticeOf(CAUSE)], null);

  it.each<[string, string, boolean]>([
    ['a retry', keyOf([noticeOf(CAUSE)], null), true],
    ['a later run that finds more sessions', keyOf([noticeOf(CAUSE, { count: 9 })], null, hoursFromNow(1)), true],
    ['another cause', keyOf([noticeOf(OTHER)], null), false],
    ['one cause more', keyOf([noticeOf(CAUSE), noticeOf(OTHER)], null), false],
    ['the next day', keyOf([noticeOf(CAUSE)], null, hoursFromNow(24)), false],
    ['a failure that lasts', keyOf([noticeOf(CAUSE)], aMemory({ [CAUSE]: sentAt(-24) })), false],
    ['its end', keyOf([], aMemory({ [CAUSE]: sentAt(-3) })), false],
  ])('is that of the first mail: %s', (_what, key, same) => {
    expect(key === first).toBe(same);
  });

  it('does not depend on the order of causes', () => {
    const one = noticeOf(CAUSE, { learners: 1 });
    const other = noticeOf(OTHER, { learners: 2 });

    expect(keyOf([one, other], null)).toBe(keyOf([{ ...one, learners: 3 }, other], null));
  });
});
