import { spawn, type ChildProcess } from 'node:child_process';
import { DEFAULT_BACK_OFF, planRestart, type BackOff } from './back-off';
import { eachLine } from './each-line';

export interface ProgramSpec {
  /** Shown before each of its lines. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** From SIGTERM to SIGKILL. */
  readonly graceMs: number;
  readonly backOff?: BackOff;
  /** What it says while it stops is no news. */
  readonly quietAtEnd?: boolean;
}

export interface ProgramEvents {
  /** One line that the program printed. */
  readonly line: (name: string, text: string) => void;
  /** A word of the supervisor's own about the program. */
  readonly news: (name: string, text: string) => void;
  readonly started: (name: string, pid: number) => void;
  readonly ended: (name: string, pid: number) => void;
}

/** A program that is kept running: started again with back-off whenever it ends, until it is stopped. */
export class SupervisedProgram {
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();
  private failures = 0;
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;

  constructor(
    readonly spec: ProgramSpec,
    private readonly events: ProgramEvents,
  ) {}

  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  start(): void {
    const { name, command, args, env } = this.spec;
    const startedAt = Date.now();
    const child = spawn(command, args, {
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C in the terminal reaches the supervisor alone, which stops everything in order.
      detached: true,
    });
    this.child = child;
    if (child.pid !== undefined) this.events.started(name, child.pid);
    const tell = (text: string): void => {
      if (!(this.stopping && this.spec.quietAtEnd === true)) this.events.line(name, text);
    };
    eachLine(child.stdout, tell);
    eachLine(child.stderr, tell);
    this.ended = new Promise((resolve) => {
      let over = false;
      const end = (how: string): void => {
        if (over) return;
        over = true;
        this.child = null;
        if (child.pid !== undefined) this.events.ended(name, child.pid);
        if (!this.stopping) this.startAgain(how, Date.now() - startedAt);
        resolve();
      };
      child.once('error', (error) => end(`cannot be started (${error.message})`));
      child.once('exit', (code, signal) =>
        end(signal === null ? `ended with status ${code}` : `was ended by ${signal}`),
      );
    });
  }

  /** SIGTERM, and after the grace time SIGKILL to it and whatever it started. Resolves when it has ended. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const pid = this.pid;
    if (pid === null) return;
    signal(pid, 'SIGTERM');
    const last = setTimeout(() => {
      this.events.news(this.spec.name, `did not end within ${this.spec.graceMs / 1000} s: killed`);
      signal(-pid, 'SIGKILL');
    }, this.spec.graceMs);
    await this.ended;
    clearTimeout(last);
  }

  private startAgain(how: string, ranMs: number): void {
    const { waitMs, failures } = planRestart(this.spec.backOff ?? DEFAULT_BACK_OFF, { failures: this.failures, ranMs });
    this.failures = failures;
    this.events.news(this.spec.name, `${how}; starts again in ${waitMs / 1000} s`);
    this.timer = setTimeout(() => this.start(), waitMs);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has ended already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
