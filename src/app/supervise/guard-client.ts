import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ConfigError } from '../../domain/errors';

/** A guard of a supervisor that was killed a moment ago may still be ending its programs. */
const TAKEN_LIMIT_MS = 20_000;
const TAKEN_RETRY_MS = 500;

export interface Guard {
  /** `pid` leads a group that must not outlive this process; the higher ranks are ended first. */
  watch(pid: number, rank: number): void;
  forget(pid: number): void;
  /** Lets the folder go. Call it when every program has ended. */
  close(): Promise<void>;
}

export interface GuardOptions {
  readonly script?: string;
  readonly takenLimitMs?: number;
  /** Somebody holds the folder; called once, before it is tried again for a while. */
  readonly onTaken: () => void;
  /** A guard that somebody killed could not be replaced: from now on nothing ends the programs if this process is killed. */
  readonly onLost: (error: unknown) => void;
}

/**
 * Starts the process that takes the data folder for this supervisor and ends its programs if this process is killed.
 *
 * @throws ConfigError `CONFIG_DATA_FOLDER_TAKEN` when another supervisor holds the folder.
 */
export async function startGuard(folder: string, options: GuardOptions): Promise<Guard> {
  const programs = new Map<number, number>();
  let closing = false;
  let current = await holdFolder(folder, options);
  watchOver();

  function watchOver(): void {
    current.once('exit', () => {
      if (!closing) replace().catch(options.onLost);
    });
  }

  async function replace(): Promise<void> {
    current = await holdFolder(folder, options);
    watchOver();
    for (const [pid, rank] of programs) tell(current, `+ ${pid} ${rank}`);
  }

  return {
    watch(pid, rank) {
      programs.set(pid, rank);
      tell(current, `+ ${pid} ${rank}`);
    },
    forget(pid) {
      programs.delete(pid);
      tell(current, `- ${pid}`);
    },
    async close() {
      closing = true;
      if (current.exitCode !== null || current.signalCode !== null) return;
      const ended = new Promise((resolve) => current.once('exit', resolve));
      current.stdin?.end();
      await ended;
    },
  };
}

async function holdFolder(
  folder: string,
  { script = join(__dirname, 'guard.js'), takenLimitMs = TAKEN_LIMIT_MS, onTaken }: GuardOptions,
): Promise<ChildProcess> {
  const giveUpAt = Date.now() + takenLimitMs;
  for (let attempt = 1; ; attempt++) {
    const guard = spawn(process.execPath, [script, folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
    });
    guard.stdin.on('error', () => undefined);
    const word = await firstLine(guard);
    if (word === 'holding') return guard;
    if (word !== 'taken') throw new Error(`the guard process of ${folder} could not start: see its message above`);
    if (attempt === 1) onTaken();
    if (Date.now() > giveUpAt) {
      const problem = `another Convoke runs on the data folder ${folder}: stop it, or give this one a folder of its own`;
      throw new ConfigError([problem], 'CONFIG_DATA_FOLDER_TAKEN');
    }
    await new Promise((resolve) => setTimeout(resolve, TAKEN_RETRY_MS));
  }
}

function firstLine(guard: ChildProcess): Promise<string | null> {
  return new Promise((resolve, reject) => {
    guard.once('error', reject);
    guard.once('close', () => resolve(null));
    if (guard.stdout !== null) createInterface({ input: guard.stdout }).once('line', resolve);
  });
}

function tell(guard: ChildProcess, order: string): void {
  if (guard.stdin?.writable === true) guard.stdin.write(`${order}\n`);
}
