import { toRateFigures, toSteadyFigures } from '../../../bench/ingress/to-figures';
import type { Slice } from '../../../bench/ingress/rounds';

const slice = (hintsASecond: number, failed = 0): Slice => ({
  hintsASecond,
  latenciesMs: [10, 20],
  failed,
  cpuMs: { api: 0.5, temporal: 1, own: 0.25 },
});
const rounds = (single: number[], bare: number[]) => ({
  single: single.map((rate) => slice(rate)),
  bare: bare.map((rate) => slice(rate)),
  grouped: bare.map((rate) => slice(rate * 5, 1)),
  scattered: bare.map((rate) => slice(rate)),
  empty: bare.map((rate) => slice(rate * 100)),
});
const find = (figures: ReturnType<typeof toRateFigures>, name: string) =>
  figures.find(({ figure }) => figure === `file: ${name}`);

test('rivals are compared round by round: a machine that gets slower changes no ratio', () => {
  const figures = toRateFigures('file', rounds([1_000, 500, 99], [1_000, 500, 100]));

  expect(find(figures, 'one payload, of bare signalWithStart')).toMatchObject({
    value: 1,
    ok: true,
    against: '0.99 to 1.00 in 3 rounds',
  });
  expect(find(figures, '25 of one session, of bare signalWithStart')).toMatchObject({ value: 5, ok: true });
  expect(find(figures, 'messages without 200 at full load')).toMatchObject({ value: 3 });
});

test('a slower ingress than nine and a half in ten misses its aim', () => {
  const figures = toRateFigures('file', rounds([94, 94], [100, 100]));

  expect(find(figures, 'one payload, of bare signalWithStart')).toMatchObject({ value: 0.94, ok: false });
});

test('an answer that comes late, or another than 200, is told', () => {
  const load = { done: 2, failed: 1, seconds: 1, latenciesMs: [3, 251] };

  expect(toSteadyFigures('file', 100, load).map(({ figure, ok }) => [figure, ok])).toEqual([
    ['file: answer at 100/s, p50', null],
    ['file: answer at 100/s, p99', false],
    ['file: answer at 100/s, without 200', false],
  ]);
});
