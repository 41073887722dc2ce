import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
}

/** Permissive: what is built from them may be passed on under a licence of one's own, with their notices. */
const PERMISSIVE = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unicode-3.0',
  'Unlicense',
];

/** Packages whose package.json names no SPDX licence; read in the licence file that they ship. */
const READ_BY_HAND: Readonly<Record<string, string>> = { unionfs: 'Unlicense', 'url-template': 'BSD-3-Clause' };

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** A whole expression: `A AND B` needs both, `(A OR B)` one. */
function isPermissive(licence: string): boolean {
  const plain = licence.replace(/[()]/g, ' ').trim();
  if (plain.includes(' OR ')) return plain.split(' OR ').some((part) => isPermissive(part));
  return plain.split(' AND ').every((part) => PERMISSIVE.includes(part.trim()));
}

describe('packages that are shipped', () => {
  it('are all under permissive licences', () => {
    const others = shipped.flatMap(([path, { license }]) => {
      const licence = READ_BY_HAND[nameOf(path)] ?? license ?? 'none named';
      return isPermissive(licence) ? [] : [`${nameOf(path)}: ${licence}`];
    });

    expect(shipped.length).toBeGreaterThan(100);
    expect(others).toEqual([]);
  });

  it.each([
    ['GPL-3.0-only', false],
    ['LGPL-2.1-or-later', false],
    ['MIT AND GPL-3.0-only', false],
    ['none named', false],
    ['(MIT OR GPL-3.0-only)', true],
    ['Apache-2.0 AND MIT', true],
  ])('a licence is judged as a whole: %s', (licence, permissive) => {
    expect(isPermissive(licence)).toBe(permissive);
  });
});
