import { fc } from '../../../support/properties';
import { fingerprint, sameFingerprint, sameTimes } from '../../../../src/domain/sweep/session-row';
import { boundRows, inOrder, packRow, unpackRow, type MemoryRow } from '../../../../src/domain/sweep/sweep-memory';
import { digest } from '../../../support/builders';
import { aRow } from '../../../support/sweep-builders';

const count = fc.option(fc.nat({ max: 10_000 }), { nil: null });
const minutes = fc.option(fc.nat({ max: 60_000_000 }), { nil: null });
const row: fc.Arbitrary<MemoryRow> = fc.record({
  courseId: fc.stringMatching(/^[\w.:-]{1,12}$/),
  print: fc.record({
    starts: minutes,
    ends: minutes,
    events: count,
    enrolled: count,
    length: count,
    texts: fc.stringMatching(/^[\w-]{1,8}$/),
  }),
  asked: fc.boolean(),
  gapSince: minutes,
});

describe('a remembered row', () => {
  it('comes back as it was packed', () => {
    fc.assert(fc.property(row, (it) => expect(unpackRow(packRow(it))).toEqual(it)));
  });

  it.each(['', 'x', '190 1 2 3', '190 ! 2 3 4 abc', '190 1 2 3 4 5 abc b'])(
    'is new when it is none: "%s"',
    (packed) => {
      expect(unpackRow(packed)).toBeNull();
    },
  );
});

describe('a fingerprint', () => {
  const print = fingerprint(aRow(), digest);

  it.each(['name', 'details'] as const)('changes with %s, not in its times', (key) => {
    const other = fingerprint(aRow({ [key]: 'other' }), digest);

    expect(sameFingerprint(print, other)).toBe(false);
    expect(sameTimes(print, other)).toBe(true);
  });

  it.each([
    { waiting: 1 },
    { instructors: 2 },
    { rsvp: 'on' as const },
    { startsAt: '2026-06-01T07:01:00.000Z' },
    { endsAt: null },
    { events: 3 },
    { enrolled: 11 },
    { length: 900 },
  ])('changes with %j', (change) => {
    expect(sameFingerprint(print, fingerprint(aRow(change), digest))).toBe(false);
  });

  it('is the same for the same row', () => {
    expect(sameFingerprint(print, fingerprint(aRow(), digest))).toBe(true);
  });
});

describe('the memory', () => {
  const at = (starts: number | null): MemoryRow => ({
    courseId: '190',
    print: { starts, ends: null, events: 1, enrolled: 1, length: 60, texts: 'x' },
    asked: false,
    gapSince: null,
  });

  it('forgets what starts last when it is full', () => {
    const rows = new Map([
      ['1', at(30)],
      ['2', at(null)],
      ['3', at(10)],
      ['4', at(20)],
    ]);

    expect(boundRows(rows, 2)).toEqual({ rows: { 3: packRow(at(10)), 4: packRow(at(20)) }, forgotten: 2 });
    expect(boundRows(rows, 4).forgotten).toBe(0);
  });

  it('takes less than 1 MB for 20,000 sessions', () => {
    const rows = Array.from({ length: 20_000 }, (_, i): [string, MemoryRow] => {
      const row = aRow({ sessionId: String(100_000 + i), courseId: String(5_000 + (i % 1_000)), name: `Session ${i}` });
      return [
        row.sessionId,
        { courseId: row.courseId, print: fingerprint(row, digest), asked: i % 3 === 0, gapSince: null },
      ];
    });

    const { rows: packed } = boundRows(new Map(rows), 20_000);

    expect(JSON.stringify(packed).length).toBeLessThan(1_000_000);
  });

  it('orders sessions by number', () => {
    expect(inOrder(['100', '9', '20', '12'])).toEqual(['9', '12', '20', '100']);
  });
});
