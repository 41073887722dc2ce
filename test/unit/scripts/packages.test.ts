import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callModule } from '../../support/call-module';
import { ScratchFolder } from '../../support/scratch-folder';

interface LockEntry {
  readonly version?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

const MANIFEST = { dependencies: { left: '^1.0.0' } };
const LEFT = { version: '1.0.1', integrity: 'sha512-left' };
const LOCKED = { '': MANIFEST, 'node_modules/left': LEFT };

let folder: ScratchFolder;

beforeEach(() => {
  folder = new ScratchFolder();
  folder.write('package.json', JSON.stringify(MANIFEST));
});

afterEach(() => folder.remove());

function lock(packages: Record<string, LockEntry>): void {
  folder.write('package-lock.json', JSON.stringify({ packages }));
}

/** What npm notes at the end of an installation. */
function installed(packages: Record<string, LockEntry>): void {
  folder.write('node_modules/.package-lock.json', JSON.stringify({ packages }));
}

async function whyInstall(): Promise<unknown> {
  return (await callModule('lib/packages.mjs', 'whyInstall', [folder.path])).value;
}

describe('whether the npm packages must be installed', () => {
  it('leaves alone what is as package-lock.json says', async () => {
    lock(LOCKED);
    installed({ 'node_modules/left': LEFT });

    expect(await whyInstall()).toBeUndefined();
  });

  it('installs on a fresh clone, and after an installation that was broken off', async () => {
    lock(LOCKED);
    folder.write('node_modules/left/package.json', '{}');

    expect(await whyInstall()).toBe('not installed');
  });

  it.each([
    ['a version changed', { version: '1.0.0', integrity: 'sha512-left' }],
    ['the content of a version changed', { version: '1.0.1', integrity: 'sha512-other' }],
    ['a package is new', undefined],
  ])('installs when %s', async (_case, entry) => {
    lock(LOCKED);
    installed(entry ? { 'node_modules/left': entry } : {});

    expect(await whyInstall()).toBe('1 not as in package-lock.json (node_modules/left)');
  });

  it('misses no optional package of another platform', async () => {
    lock({ ...LOCKED, 'node_modules/left-win32-x64': { version: '1.0.1', optional: true } });
    installed({ 'node_modules/left': LEFT });

    expect(await whyInstall()).toBeUndefined();
  });

  it('leaves it to npm to refuse a package.json that its lock does not know', async () => {
    lock({ '': { dependencies: { left: '^0.9.0' } }, 'node_modules/left': LEFT });
    installed({ 'node_modules/left': LEFT });

    expect(await whyInstall()).toBe('package.json and package-lock.json differ');
  });
});

describe('package-lock.json', () => {
  const { packages } = JSON.parse(readFileSync(join(__dirname, '../../../package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };

  /** Where Node would find `name` from the package at `path`; undefined when the lock has it nowhere. */
  function resolve(path: string, name: string): string | undefined {
    const candidate = `${path === '' ? '' : `${path}/`}node_modules/${name}`;
    if (packages[candidate]) return candidate;
    if (path === '') return undefined;
    return resolve(path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name);
  }

  // npm leaves out a platform's package that the registry it asks does not serve; `npm ci` then refuses the whole lock.
  it('names the packages of every platform', () => {
    const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !resolve(path, name))
        .map((name) => `${name}, which ${path || 'the project'} wants`),
    );

    expect(missing).toEqual([]);
  });

  it('fixes one version for all of Temporal', () => {
    const versions = Object.entries(packages)
      .filter(([path]) => /(^|\/)node_modules\/@temporalio\/[^/]+$/.test(path))
      .map(([, { version }]) => version);

    expect([...new Set(versions)]).toEqual(['1.24.0']);
  });
});
