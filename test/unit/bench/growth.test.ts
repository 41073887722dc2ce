import { toGrowthFigures, type Measure } from '../../../bench/scale/growth';

const sweep: Measure = { key: 'sweep', name: 'sweep', unit: 's', fixed: 2 };
const at = (sessions: number, seconds: number) => ({ sessions, values: { sweep: seconds } });
const last = (...samples: Parameters<typeof toGrowthFigures>[2]) => toGrowthFigures('scale', [sweep], samples).at(-1);

test('what grows with the sessions meets the aim, what grows faster misses it', () => {
  expect(last(at(1_000, 4), at(10_000, 39))).toMatchObject({
    figure: 'sweep: growth from 1,000 to 10,000',
    value: 9.75,
    aim: '<= 10',
    ok: true,
  });
  expect(last(at(1_000, 4), at(10_000, 41))).toMatchObject({ ok: false });
});

test('what stays below its fixed part does not count as growth, and counts no more than itself above', () => {
  expect(last(at(1_000, 0.1), at(10_000, 1.9))).toMatchObject({ value: 1, ok: true });
  expect(last(at(1_000, 0.1), at(10_000, 8))).toMatchObject({ value: 4, ok: true });
});

test('each size is told, whatever order they came in, and one size alone has no growth', () => {
  expect(toGrowthFigures('scale', [sweep], [at(10, 3), at(5, 2)]).map(({ figure }) => figure)).toEqual([
    'sweep: 5 sessions',
    'sweep: 10 sessions',
    'sweep: growth from 5 to 10',
  ]);
  expect(toGrowthFigures('scale', [sweep], [at(10, 3)])).toHaveLength(1);
});

test('what could not be measured is no growth', () => {
  expect(last(at(1, NaN), at(2, NaN))).toMatchObject({ figure: 'sweep: 2 sessions', aim: null });
});
