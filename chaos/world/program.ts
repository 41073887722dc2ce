import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProgramOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logFile: string;
  /** Whether it serves; asked until it says so. */
  readonly isReady: (said: string) => Promise<boolean>;
}

const LOOK_EVERY_MS = 50;
const START_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 60_000;

/** What is left running when the harness ends must not outlive it. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A process that is killed and started anew, on the same files each time. */
export class Program {
  private child: ChildProcess | null = null;
  private said = '';
  private wanted = false;
  /** This child has served. */
  private served = false;
  private coming: Promise<void> | null = null;
  private readonly log: WriteStream;
  /** Ended without having been told to. */
  ownEnds = 0;

  constructor(private readonly options: ProgramOptions) {
    this.log = createWriteStream(options.logFile, { flags: 'a' });
    this.log.setMaxListeners(0);
  }

  /** Resolves when it serves. One that ends by itself is started again, as by the supervisor. @throws Error when it never serves. */
  up(): Promise<void> {
    this.wanted = true;
    this.coming ??= this.start().finally(() => (this.coming = null));
    return this.coming;
  }

  get isUp(): boolean {
    return this.child !== null && this.served;
  }

  /** undefined while none runs. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** kill -9; resolves when it is dead. */
  async kill(): Promise<void> {
    this.wanted = false;
    const { child } = this;
    if (child === null) return;
    const dead = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await dead;
  }

  /** Stops it where it stands, for so long. */
  async pause(ms: number): Promise<void> {
    const { child } = this;
    child?.kill('SIGSTOP');
    await sleep(ms);
    child?.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    this.wanted = false;
    const { child } = this;
    if (child !== null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      const last = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
      await ended;
      clearTimeout(last);
    }
    this.log.end();
  }

  private async start(): Promise<void> {
    const giveUpAt = Date.now() + START_LIMIT_MS;
    while (this.wanted) {
      if (this.child === null) this.spawn();
      this.served ||= await this.options.isReady(this.said).catch(() => false);
      if (this.served && this.child !== null) return;
      if (Date.now() > giveUpAt) throw new Error(`${this.options.name} does not serve: see ${this.options.logFile}`);
      await sleep(LOOK_EVERY_MS);
    }
  }

  private spawn(): void {
    const { command, args, cwd, env } = this.options;
    const child = spawn(command, args, { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    this.said = '';
    this.served = false;
    running.add(child);
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        if (this.child === child) this.said = (this.said + chunk.toString()).slice(-20_000);
        this.log.write(chunk);
      });
    child.once('exit', () => {
      running.delete(child);
      this.child = null;
      this.served = false;
      if (!this.wanted) return;
      this.ownEnds++;
      setTimeout(() => {
        if (this.wanted) this.up().catch(() => undefined);
      }, 500);
    });
  }
}
