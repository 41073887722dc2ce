import { existsSync } from 'node:fs';
import { join } from 'node:path';

const TESTS = join(__dirname, '../..');
const Sequencer = jest.requireActual<{
  readonly LONG: readonly string[];
  new (options: object): { sort(tests: readonly object[]): { readonly path: string }[] };
}>('../../support/longest-first');

test('every test file that is known to be long exists', () => {
  expect(Sequencer.LONG.filter((name) => !existsSync(join(TESTS, name)))).toEqual([]);
});

test('the long ones are started first, then those that wait, whatever jest remembers', () => {
  const names = ['unit/a.test.ts', 'e2e/b.test.ts', Sequencer.LONG[1]!, 'api/c.test.ts', Sequencer.LONG[0]!];
  const context = { hasteFS: { getSize: () => 1 }, config: { id: 'none', cacheDirectory: TESTS, rootDir: TESTS } };
  const tests = names.map((name) => ({ path: join(TESTS, name), duration: 1, context }));
  const sequencer = new Sequencer({ contexts: [], globalConfig: {} });

  const order = sequencer.sort(tests).map(({ path }) => path.slice(TESTS.length + 1));

  expect(order).toEqual([Sequencer.LONG[0], Sequencer.LONG[1], 'e2e/b.test.ts', 'api/c.test.ts', 'unit/a.test.ts']);
});
