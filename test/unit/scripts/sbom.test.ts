import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

interface Bom {
  readonly bomFormat: string;
  readonly components: readonly { readonly purl: string }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly dev?: boolean }>>;
};

/** As package URLs name them: `pkg:npm/%40scope/name@1.2.3`. */
function purlsOf(dev: boolean): string[] {
  const entries = Object.entries(packages).filter(([path, entry]) => path !== '' && (entry.dev ?? false) === dev);
  return entries.map(([path, { version = '' }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return `pkg:npm/${name.replace('@', '%40')}@${version}`;
  });
}

describe('npm run sbom', () => {
  const { stdout, status } = spawnSync(process.execPath, [join(ROOT, 'scripts/sbom.mjs')], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });

  it('lists every shipped package, and none that only development needs', () => {
    const bom = JSON.parse(stdout) as Bom;
    const listed = new Set(bom.components.map(({ purl }) => purl));
    const shipped = new Set(purlsOf(false));

    expect([status, bom.bomFormat]).toEqual([0, 'CycloneDX']);
    expect([...shipped].filter((purl) => !listed.has(purl))).toEqual([]);
    expect(purlsOf(true).filter((purl) => listed.has(purl) && !shipped.has(purl))).toEqual([]);
  });

  it('says which needs which, among those', () => {
    const { dependencies } = JSON.parse(stdout) as Bom;
    const refs = new Set(dependencies.map(({ ref }) => ref));

    expect(dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
  });
});
