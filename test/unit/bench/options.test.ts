import { readOptions, SECTIONS, STORAGES } from '../../../bench/options';

test('without options every section runs in full, and a missed aim fails', () => {
  expect(readOptions([])).toEqual({
    sections: SECTIONS,
    storages: STORAGES,
    json: null,
    profile: null,
    quick: false,
    noFail: false,
  });
});

test('sections are named with commas or one by one, and run in the order of cost', () => {
  const [first, second] = SECTIONS;

  expect(readOptions(['--section', `${second},${first}`])?.sections).toEqual([first, second]);
  expect(readOptions(['--section', second, '--section', first])?.sections).toEqual([first, second]);
});

test('a section that does not exist is refused, and those that do are named', () => {
  expect(() => readOptions(['--section', 'speed'])).toThrow(`there is no "speed"; there are ${SECTIONS.join(', ')}`);
});

test('so are the storages that ingress is played on', () => {
  expect(readOptions(['--storage', 'postgres,file'])?.storages).toEqual(['file', 'postgres']);
  expect(() => readOptions(['--storage', 'disk'])).toThrow('there is no "disk"; there are file, memory, postgres');
});

test('help is asked for', () => expect(readOptions(['--help'])).toBeNull());
