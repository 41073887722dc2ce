import { fc } from '../../../support/properties';
import { chooseDeepReads, type DeepRead, type DeepReadInput } from '../../../../src/domain/sweep/choose-deep-reads';
import { toMinutes } from '../../../../src/domain/sweep/session-row';
import type { HintReason } from '../../../../src/domain/sweep/should-hint';
import type { MemoryRow } from '../../../../src/domain/sweep/sweep-memory';
import { NOW } from '../../../support/builders';

const now = toMinutes(NOW) ?? 0;

/** Sessions 1..n, one day apart from today on. */
function rows(count: number): Map<string, MemoryRow> {
  return new Map(
    Array.from({ length: count }, (_, i) => {
      const starts = now + i * 1440;
      const print = { starts, ends: starts + 60, events: 1, enrolled: 1, length: 60, texts: 'x' };
      return [String(i + 1), { courseId: '190', print, asked: false, gapSince: null }];
    }),
  );
}

function choose(over: Partial<DeepReadInput> = {}) {
  return chooseDeepReads({
    queued: [],
    rows: rows(10),
    memory: { sampleFrom: 0, nearSampleFrom: 0 },
    hinted: new Set(),
    horizon: 'all',
    now: NOW,
    nearMs: 3 * 86_400_000,
    sampleSize: 3,
    room: 100,
    ...over,
  });
}

function read(sessionId: string, reason: HintReason): DeepRead {
  return { sessionId, courseId: '190', reason };
}

const ids = (reads: readonly DeepRead[]): string[] => reads.map(({ sessionId }) => sessionId);

describe('deep reads', () => {
  it('come most needed first, nearest first', () => {
    const queued = [
      read('9', 'failing'),
      read('8', 'missing'),
      read('2', 'missing'),
      read('1', 'unasked'),
      read('7', 'stale'),
    ];

    expect(choose({ queued, sampleSize: 0 }).chosen).toEqual([
      read('2', 'missing'),
      read('8', 'missing'),
      read('7', 'stale'),
      read('9', 'failing'),
      read('1', 'unasked'),
    ]);
  });

  it('keep the sample before failing and unasked ones', () => {
    const { chosen, waiting } = choose({ queued: [read('9', 'failing'), read('8', 'unasked')], room: 4 });

    expect(chosen.map((r) => r.reason)).toEqual(['sample', 'sample', 'sample', 'failing']);
    expect(waiting).toEqual([read('8', 'unasked')]);
  });

  it('leave what has no room to the next sweep', () => {
    const { chosen, waiting } = choose({ queued: [read('1', 'missing'), read('2', 'missing')], room: 1 });

    expect(chosen).toEqual([read('1', 'missing')]);
    expect(waiting).toEqual([read('2', 'missing')]);
    expect(choose({ room: 0 })).toMatchObject({ chosen: [], waiting: [] });
  });

  it('sample by turns, and begin again at the end', () => {
    const first = choose();
    const second = choose({ memory: first });
    const third = choose({ memory: second });
    const fourth = choose({ memory: third });

    expect([first, second, third, fourth].map((c) => ids(c.chosen).join(' '))).toEqual([
      '1 2 3',
      '4 5 6',
      '7 8 9',
      '10 1 2',
    ]);
  });

  it('do not sample what was hinted or is queued anyway', () => {
    const { chosen } = choose({ hinted: new Set(['1']), queued: [read('2', 'missing')] });

    expect(ids(chosen)).toEqual(['2', '3', '4', '5']);
  });

  it('sample near sessions, by turns of their own, when the sweep is a near one', () => {
    const first = choose({ horizon: 'near', memory: { sampleFrom: 7, nearSampleFrom: 2 } });

    expect(ids(first.chosen)).toEqual(['3', '4', '1']);
    expect(first).toMatchObject({ sampleFrom: 7, nearSampleFrom: 1 });
  });

  it('pass over nobody, however little room there is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 8 }),
        (count, sampleSize, room) => {
          const seen = new Set<string>();
          let memory = { sampleFrom: 0, nearSampleFrom: 0 };
          for (let sweep = 0; sweep < count; sweep++) {
            const choice = choose({ rows: rows(count), memory, sampleSize, room });
            for (const id of ids(choice.chosen)) seen.add(id);
            memory = choice;
          }
          expect(seen.size).toBe(count);
        },
      ),
    );
  });
});
