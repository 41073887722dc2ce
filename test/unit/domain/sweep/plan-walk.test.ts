import { planWalk, type WalkInput } from '../../../../src/domain/sweep/plan-walk';
import { shortHash, toMinutes } from '../../../../src/domain/sweep/session-row';
import {
  emptySweepMemory,
  packRow,
  type CourseMemory,
  type SweepMemory,
} from '../../../../src/domain/sweep/sweep-memory';
import { digest, NOW } from '../../../support/builders';
import { aCourseRow } from '../../../support/sweep-builders';

const now = toMinutes(NOW) ?? 0;
const DAY = 1440;

function course(id: string, over: Partial<CourseMemory> = {}): [string, CourseMemory] {
  return [id, { at: now - 60, row: shortHash(digest, aCourseRow(id).details), ...over }];
}

function session(id: string, courseId: string, startsInDays: number | null, lastsDays = 1): [string, string] {
  const starts = startsInDays === null ? null : now + startsInDays * DAY;
  const ends = starts === null ? null : starts + lastsDays * DAY;
  return [
    id,
    packRow({
      courseId,
      print: { starts, ends, events: 1, enrolled: 1, length: 60, texts: 'x' },
      asked: false,
      gapSince: null,
    }),
  ];
}

function memory(
  courses: [string, CourseMemory][],
  rows: [string, string][] = [],
  over: Partial<SweepMemory> = {},
): SweepMemory {
  return { ...emptySweepMemory, courses: Object.fromEntries(courses), rows: Object.fromEntries(rows), ...over };
}

function walk(over: Partial<WalkInput>): string[] {
  const input = { courses: ['1', '2', '3'].map((id) => aCourseRow(id)), memory: memory([]), horizon: 'near' as const };
  return planWalk({ ...input, now: NOW, nearMs: 14 * DAY * 60_000, digest, ...over }).map(
    (stop) => stop.course.courseId,
  );
}

describe('the courses of a near sweep', () => {
  it('are all of them the first time', () => {
    expect(walk({})).toEqual(['1', '2', '3']);
  });

  it('are those with a session under way or soon', () => {
    const rows = [session('11', '1', 20), session('12', '2', 13), session('13', '3', -2, 4), session('14', '1', -5, 2)];

    expect(walk({ memory: memory([course('1'), course('2'), course('3')], rows) })).toEqual(['2', '3']);
  });

  it('do not come near by a session without dates', () => {
    expect(walk({ memory: memory([course('1'), course('2'), course('3')], [session('11', '1', null)]) })).toEqual([]);
  });

  it('are those whose own row changed, first of all', () => {
    const courses = [course('1', { at: now - 300 }), course('2'), course('3', { row: 'other' })];

    expect(walk({ memory: memory(courses, [session('11', '1', 1)]) })).toEqual(['3', '1']);
  });

  it('are also what an unfinished walk has left, when the near ones are done', () => {
    const courses = [course('1', { at: now - 90 }), course('2', { at: now - 10 }), course('3', { at: now - 30 })];
    const fullFrom = new Date((now - 60) * 60_000).toISOString();

    expect(walk({ memory: memory(courses, [session('13', '3', 1)], { fullFrom }) })).toEqual(['3', '1']);
  });
});

describe('the courses of a full sweep', () => {
  it('are all of them, the one not visited for longest first', () => {
    const courses = [course('1'), course('2', { at: now - 500 })];

    expect(walk({ memory: memory(courses), horizon: 'all' })).toEqual(['3', '2', '1']);
  });

  it('are those left over when the last walk was cut short', () => {
    const courses = [course('1'), course('2', { at: now - 500 }), course('3')];
    const fullFrom = new Date((now - 60) * 60_000).toISOString();

    expect(walk({ memory: memory(courses, [], { fullFrom }), horizon: 'all' })).toEqual(['2']);
  });

  it('are none that cannot have sessions', () => {
    const courses = [aCourseRow('1', { mayHaveSessions: false }), aCourseRow('2'), aCourseRow('3')];

    expect(walk({ courses, memory: memory([course('2', { none: true })]), horizon: 'all' })).toEqual(['3']);
  });

  it('are asked again once their row changed', () => {
    expect(walk({ memory: memory([course('2', { none: true, row: 'other' })]), horizon: 'all' })).toContain('2');
  });
});
