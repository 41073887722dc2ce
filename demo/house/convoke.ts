import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Program, type ProgramOptions } from './program';

/** What Convoke's supervisor tells of itself in `supervisor.json`. */
export interface ConvokeStatus {
  readonly pid: number;
  readonly ready: boolean;
  readonly apiUrl: string;
  readonly temporalAddress: string;
  readonly temporalUiUrl: string;
  readonly programs: { readonly api: number | null; readonly worker: number | null; readonly temporal: number | null };
}

const STOP_LIMIT_MS = 70_000;
const LOOK_EVERY_MS = 100;

/** Convoke as a customer runs it: the supervisor with Temporal, api and worker below it. */
export class Convoke {
  private readonly supervisor: Program;

  constructor(
    private readonly dataFolder: string,
    options: ProgramOptions,
  ) {
    this.supervisor = new Program(options);
  }

  /** @throws Error with its last words when it ends before it is ready. */
  async whenReady(signal: AbortSignal): Promise<ConvokeStatus> {
    return this.until((status) => {
      signal.throwIfAborted();
      return status?.ready === true;
    }, 120_000);
  }

  /** `kill -9` on the worker. Resolves when the supervisor has started another one. */
  async killWorker(): Promise<void> {
    const workerOf = (status: ConvokeStatus | null): number | null => status?.programs.worker ?? null;
    const killed = workerOf(await this.until((status) => workerOf(status) !== null, 30_000));
    if (killed !== null) process.kill(killed, 'SIGKILL');
    await this.until((status) => ![null, killed].includes(workerOf(status)), 60_000);
  }

  whenEnded(): Promise<string> {
    return this.supervisor.whenEnded();
  }

  stop(): Promise<void> {
    return this.supervisor.stop(STOP_LIMIT_MS);
  }

  private async until(wanted: (status: ConvokeStatus | null) => boolean, limitMs: number): Promise<ConvokeStatus> {
    const giveUpAt = Date.now() + limitMs;
    for (;;) {
      const status = this.status();
      if (wanted(status) && status !== null) return status;
      // Brings its last words.
      if (this.supervisor.ended !== null) await this.supervisor.line(/$^/);
      if (Date.now() > giveUpAt) throw new Error(`Convoke did not get there in ${limitMs / 1000} s; its log tells why`);
      await sleep(LOOK_EVERY_MS);
    }
  }

  /** null: not told yet; what an earlier supervisor left does not count. */
  private status(): ConvokeStatus | null {
    try {
      const status = JSON.parse(readFileSync(join(this.dataFolder, 'supervisor.json'), 'utf8')) as ConvokeStatus;
      return status.pid === this.supervisor.pid ? status : null;
    } catch {
      return null;
    }
  }
}
