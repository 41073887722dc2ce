import { readOptions, SECTIONS } from '../../../bench/options';

test('without options every section runs in full, and a missed aim fails', () => {
  expect(readOptions([])).toEqual({ sections: SECTIONS, json: null, profile: null, quick: false, noFail: false });
});

test('sections are named with commas or one by one, and run in the order of cost', () => {
  const [first, second] = SECTIONS;

  expect(readOptions(['--section', `${second},${first}`])?.sections).toEqual([first, second]);
  expect(readOptions(['--section', second, '--section', first])?.sections).toEqual([first, second]);
});

test('a section that does not exist is refused, and those that do are named', () => {
  expect(() => readOptions(['--section', 'speed'])).toThrow(`there is no "speed"; there are ${SECTIONS.join(', ')}`);
});

test('help is asked for', () => expect(readOptions(['--help'])).toBeNull());
