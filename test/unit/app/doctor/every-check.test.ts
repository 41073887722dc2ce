import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from '../../../../src/app/doctor/checks';

const ROOT = join(__dirname, '../../../..');
const SOURCES = join(ROOT, 'src/app/doctor/checks');
const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');

const sources = readdirSync(SOURCES).map((file) => read(SOURCES, file));
const tests = [
  ...readdirSync(__dirname)
    .filter((file) => !__filename.endsWith(file))
    .map((file) => read(__dirname, file)),
  read(ROOT, 'test/contract/doctor.test.ts'),
].join('\n');
const areas = [...new Set(CHECKS.map(({ name }) => name.split('.')[0]))].join('|');
/** Of findings, where they are made; not the names by which checks are chosen. */
const names = new Set(
  sources.flatMap((text) =>
    [...text.matchAll(new RegExp(`(?<!name: )'((?:${areas})(?:\\.[a-z-]+)?)'`, 'g'))].map(([, name = '']) => name),
  ),
);

test('every check stands in the list', () => {
  expect(CHECKS).toHaveLength(sources.length);
  expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length);
});

test('every finding is seen in a bad case by a test', () => {
  const isSeen = (name: string): boolean =>
    new RegExp(`(?:red|yellow) ${name.replace('.', '\\.')}(?![.a-z-])`).test(tests) || tests.includes(`['${name}']`);
  // Settings that are not usable are refused before any check.
  expect([...names].filter((name) => !isSeen(name))).toEqual(['settings']);
});
