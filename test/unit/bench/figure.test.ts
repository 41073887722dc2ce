import { toFigure, type Figure } from '../../../bench/figure';
import { toNumber, toSummary, toTable } from '../../../bench/report';

const measured = { section: 'ingress', figure: 'answer', unit: 'ms' };

test.each([
  [250, { atMost: 250 }, '<= 250', true],
  [250.1, { atMost: 250 }, '<= 250', false],
  [0.95, { atLeast: 0.95 }, '>= 0.95', true],
  [0.94, { atLeast: 0.95 }, '>= 0.95', false],
  [NaN, { atMost: 250 }, '<= 250', false],
])('%d with the aim %j: %s is %s', (value, aim, told, ok) => {
  expect(toFigure({ ...measured, value, aim })).toMatchObject({ aim: told, ok });
});

test('without an aim nothing is judged', () => {
  expect(toFigure({ ...measured, value: 7 })).toEqual({ ...measured, value: 7, aim: null, against: null, ok: null });
});

test('the table has a line for each figure and says which aim was missed', () => {
  const figures: readonly Figure[] = [
    toFigure({ ...measured, value: 1234.5, aim: { atMost: 250 }, against: 'bare: 200' }),
    toFigure({ ...measured, figure: 'lost', value: 0, unit: 'hints', aim: { atMost: 0 } }),
  ];

  const [headline, first, second] = toTable(figures);

  expect(headline).toMatch(/^section +figure +value +aim +against$/);
  expect(first).toMatch(/^ingress +answer +1,235 ms +<= 250 +MISSED +bare: 200$/);
  expect(second).toMatch(/^ingress +lost +0 hints +<= 0 +ok$/);
  expect(toSummary(figures)).toBe('1 of 2 aims missed: ingress: answer');
  expect(toSummary(figures.slice(1))).toBe('all 1 aims met');
});

test.each([
  [3, '3'],
  [20_000, '20,000'],
  [0.956, '0.96'],
  [12.34, '12.3'],
  [456.7, '457'],
  [NaN, 'NaN'],
])('%d is written %s', (value, text) => expect(toNumber(value)).toBe(text));
