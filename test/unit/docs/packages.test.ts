import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (path: string): string => readFileSync(join(__dirname, '../../..', path), 'utf8');
const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
const packages = Object.keys({ ...dependencies, ...devDependencies });
const named = [...read('docs/adr/0007-dependencies.md').matchAll(/`([@\w/.*-]+)`/g)].map(([, name = '']) => name);

const isNamed = (name: string): boolean =>
  named.some((entry) => (entry.endsWith('/*') ? name.startsWith(entry.slice(0, -1)) : name === entry));

describe('docs/adr/0007-dependencies.md', () => {
  it('says of every package why it is here', () => {
    expect(packages.filter((name) => !isNamed(name))).toEqual([]);
  });

  it('has one exact version of all packages of Temporal', () => {
    const all = Object.entries({ ...dependencies, ...devDependencies });
    const versions = all.filter(([name]) => name.startsWith('@temporalio/')).map(([, version]) => version);

    expect([...new Set(versions)]).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
  });
});

describe('package-lock.json', () => {
  it('has the hash of every package, those of other machines too, and none from elsewhere than the registry', () => {
    const { packages: locked } = JSON.parse(read('package-lock.json')) as {
      readonly packages: Readonly<Record<string, { readonly integrity?: string; readonly resolved?: string }>>;
    };
    const entries = Object.entries(locked).filter(([path]) => path !== '');

    expect(entries.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true)).toEqual([]);
    expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });
});
