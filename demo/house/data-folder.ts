import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSecrets, type DemoSecrets } from './settings';

/** Where one demo keeps everything: settings, keys, Temporal's data, the simulators' state, the log. */
export class DataFolder {
  private constructor(
    readonly path: string,
    readonly secrets: DemoSecrets,
    /** Holds the data of an earlier demo. */
    readonly isKept: boolean,
  ) {}

  /**
   * Takes the folder: empty, or with `keep` as an earlier demo left it.
   *
   * @throws Error when a demo runs in it, or when it holds something else.
   */
  static take(path: string, keep: boolean): DataFolder {
    const running = readJson<{ pid: number }>(join(path, OWNER));
    if (running !== null && running.pid !== process.pid && isAlive(running.pid)) {
      throw new Error(
        `A demo runs in ${path} already (process ${running.pid}): stop it, or give another one a folder of its own with --folder.`,
      );
    }
    refuseForeign(path);
    const kept = keep ? readJson<DemoSecrets>(join(path, SECRETS)) : null;
    const isKept = kept !== null && existsSync(join(path, stateName('docebo')));
    if (!isKept) rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
    const secrets = isKept ? kept : newSecrets();
    writeJson(join(path, SECRETS), secrets);
    writeJson(join(path, OWNER), { pid: process.pid });
    return new DataFolder(path, secrets, isKept);
  }

  file(name: string): string {
    return join(this.path, name);
  }

  write(name: string, text: string): void {
    writeFileSync(this.file(name), text);
  }

  /** For the owner alone. */
  writeSecret(name: string, text: string): void {
    writeFileSync(this.file(name), text, { mode: 0o600 });
  }

  /** null: there is none. */
  readState(simulator: Simulated): unknown {
    return readJson(this.file(stateName(simulator)));
  }

  saveState(simulator: Simulated, state: unknown): void {
    writeJson(this.file(stateName(simulator)), state);
  }

  /** Removes it, or leaves it to the next demo. */
  release({ keep }: { readonly keep: boolean }): void {
    if (keep) rmSync(this.file(OWNER), { force: true });
    else rmSync(this.path, { recursive: true, force: true });
  }
}

/** The folder is emptied: whatever is no demo's must not be in it. */
function refuseForeign(path: string): void {
  if (!existsSync(path)) return;
  const there = readdirSync(path);
  if (there.length > 0 && !there.includes(SECRETS))
    throw new Error(`${path} is not empty and holds no demo: give a folder of its own, which the demo empties.`);
}

export type Simulated = 'docebo' | 'microsoft';

const OWNER = 'demo.json';
const SECRETS = 'keys.json';

function stateName(simulator: Simulated): string {
  return `${simulator}-state.json`;
}

function readJson<T>(path: string): T | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new Error(`${path} cannot be read: remove it, or start without --keep`, { cause: error });
  }
}

/** In one step: a demo that is killed leaves the old or the new file, never half a one. Keys are for the owner alone. */
function writeJson(path: string, value: unknown): void {
  writeFileSync(`${path}.new`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
