import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What runs here: the version of package.json, and the first characters of the workflow bundle's hash. */
export interface BuildInfo {
  readonly version: string;
  /** `none` where nothing is bundled, as in tests. */
  readonly build: string;
}

export function readBuildInfo(): BuildInfo {
  const bundle = path.join(path.dirname(packageFile()), 'lib', 'workflow-bundle.js');
  const build = existsSync(bundle)
    ? createHash('sha256').update(readFileSync(bundle)).digest('hex').slice(0, 12)
    : 'none';
  return { version: readVersion(), build };
}

export function readVersion(): string {
  const { version } = JSON.parse(readFileSync(packageFile(), 'utf8')) as { readonly version: string };
  return version;
}

/** Beside the code, be that compiled or not. */
function packageFile(): string {
  return findUpwards(__dirname, 'package.json');
}

function findUpwards(folder: string, name: string): string {
  const file = path.join(folder, name);
  const parent = path.dirname(folder);
  return existsSync(file) || parent === folder ? file : findUpwards(parent, name);
}
