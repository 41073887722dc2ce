import { readOptions } from '../../../chaos/options';

test('without options it goes on for five minutes with a seed from the clock', () => {
  expect(readOptions([], 42)).toMatchObject({ seed: 42, minutes: 5, rounds: Infinity, every: 20, shrink: false });
});

test('a number of rounds takes the place of the time', () => {
  expect(readOptions(['--seed', '7', '--rounds', '3'], 42)).toMatchObject({ seed: 7, minutes: null, rounds: 3 });
});

test.each([[['--minutes', 'soon']], [['--rounds', '0']], [['--rounds', '1', '--minutes', '1']], [['--fast']]])(
  '%j is refused',
  (argv) => {
    expect(() => readOptions(argv, 42)).toThrow();
  },
);

test('help is asked for', () => {
  expect(readOptions(['--help'], 42)).toBeNull();
});
