import { fc } from '../../../support/properties';
import { computeCoverage, describeCoverage, type CoverageRow } from '../../../../src/domain/sweep/compute-coverage';
import { NOW } from '../../../support/builders';

function session(over: Partial<CoverageRow> = {}): CoverageRow {
  return { events: 2, enrolled: 12, standing: 'covered', ledger: null, gapSince: null, ...over };
}

function lagging(learners: number, live: number, over: Partial<CoverageRow> = {}): CoverageRow {
  return session({
    standing: 'lagging',
    ledger: { learners, live, ended: 0 },
    gapSince: '2026-05-01T07:56:00.000Z',
    ...over,
  });
}

describe('coverage', () => {
  it.each<[string, CoverageRow, { seats: number; covered: number }]>([
    ['a session whose workflow knows it all', session(), { seats: 24, covered: 24 }],
    ['a learner whom the calendar lacks', lagging(11, 2), { seats: 24, covered: 22 }],
    ['an event that the calendar lacks', lagging(12, 1), { seats: 24, covered: 12 }],
    ['somebody too many on the calendar', lagging(13, 2), { seats: 24, covered: 24 }],
    ['a workflow that did not answer', session({ standing: 'lagging' }), { seats: 24, covered: 0 }],
    [
      'an event that is over',
      lagging(12, 0, { ledger: { learners: 12, live: 0, ended: 1 } }),
      { seats: 12, covered: 0 },
    ],
    ['a session without invitations', session({ standing: 'none' }), { seats: 0, covered: 0 }],
    ['a session that nobody asked yet', session({ standing: 'unknown' }), { seats: 0, covered: 0 }],
  ])('%s', (_what, row, expected) => {
    expect(computeCoverage([row], NOW)).toMatchObject(expected);
  });

  it('names the oldest gap of those that lack seats', () => {
    const rows = [
      lagging(11, 2, { gapSince: '2026-05-01T07:50:00.000Z' }),
      lagging(11, 2),
      lagging(12, 2, { gapSince: '2026-04-01T00:00:00.000Z' }),
    ];

    expect(computeCoverage(rows, NOW).oldestGapSince).toBe('2026-05-01T07:50:00.000Z');
  });

  it('counts sessions that nobody asked yet', () => {
    expect(computeCoverage([session({ standing: 'unknown' }), session()], NOW).unknownSessions).toBe(1);
  });

  it('never covers more than there is', () => {
    const small = fc.nat({ max: 20 });
    const ledger = fc.option(fc.record({ learners: small, live: small, ended: small }), { nil: null });
    const standing = fc.constantFrom('covered', 'lagging', 'none', 'unknown' as const);
    const row = fc.record({ events: small, enrolled: small, standing, ledger, gapSince: fc.constant(NOW) });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const { seats, covered, oldestGapSince } = computeCoverage(rows, NOW);
        expect(covered).toBeLessThanOrEqual(seats);
        expect(oldestGapSince === null).toBe(covered === seats);
      }),
    );
  });
});

it.each([
  [
    { seats: 12433, covered: 12431, oldestGapSince: '2026-05-01T07:56:00.000Z' },
    '12,431 of 12,433 seats covered, oldest gap 4 min',
  ],
  [{ seats: 24, covered: 24 }, '24 of 24 seats covered'],
  [{ seats: 0, covered: 0, unknownSessions: 1200 }, '0 of 0 seats covered, 1,200 sessions not looked at yet'],
  [
    { seats: 1000000, covered: 1, oldestGapSince: '2026-05-01T05:00:00.000Z' },
    '1 of 1,000,000 seats covered, oldest gap 3 h',
  ],
  [{ seats: 2, covered: 1, oldestGapSince: '2026-04-28T08:00:00.000Z' }, '1 of 2 seats covered, oldest gap 3 days'],
])('%j reads "%s"', (over, expected) => {
  expect(describeCoverage({ at: NOW, oldestGapSince: null, unknownSessions: 0, ...over })).toBe(expected);
});
