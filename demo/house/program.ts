import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface ProgramOptions {
  readonly name: string;
  /** For Node. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onLine: (name: string, line: string) => void;
}

/** A program of the demo, started by its path. The open channel ends it should this process vanish. */
export class Program {
  private readonly child: ChildProcess;
  private readonly end: Promise<string>;
  private readonly heard: string[] = [];
  private how: string | null = null;
  private listeners: ((line: string) => void)[] = [];

  constructor(private readonly options: ProgramOptions) {
    const { script, args = [], cwd, env } = options;
    this.child = spawn(process.execPath, ['--enable-source-maps', script, ...args], {
      cwd,
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Ctrl-C reaches the demo alone, which then stops everything in order.
      detached: true,
    });
    for (const stream of [this.child.stdout, this.child.stderr]) this.read(stream);
    this.end = new Promise((resolve) => {
      this.child.once('error', (error) => resolve((this.how = error.message)));
      this.child.once('close', (code, signal) => resolve((this.how = signal ?? `status ${code}`)));
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** How it ended; null while it runs. */
  get ended(): string | null {
    return this.how;
  }

  /** Resolves with how it ended. */
  whenEnded(): Promise<string> {
    return this.end;
  }

  /** The first line that fits, past or to come. @throws Error with its last words when it ends without one. */
  async line(pattern: RegExp): Promise<RegExpExecArray> {
    for (const line of this.heard) {
      const found = pattern.exec(line);
      if (found !== null) return found;
    }
    const found = new Promise<RegExpExecArray>((resolve) => {
      this.listeners.push((line) => {
        const match = pattern.exec(line);
        if (match !== null) resolve(match);
      });
    });
    return Promise.race([found, this.end.then((how) => this.failed(how))]);
  }

  /** SIGTERM, then SIGKILL after the grace time. */
  async stop(graceMs: number): Promise<void> {
    if (this.how !== null) return;
    this.child.kill('SIGTERM');
    const last = setTimeout(() => this.child.kill('SIGKILL'), graceMs);
    await this.end;
    clearTimeout(last);
  }

  private failed(how: string): never {
    throw new Error(`${this.options.name} ended (${how}). Its last words:\n${this.heard.slice(-15).join('\n')}`);
  }

  private read(stream: Readable | null): void {
    if (stream === null) return;
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => {
      this.heard.push(line);
      if (this.heard.length > 200) this.heard.shift();
      this.options.onLine(this.options.name, line);
      for (const listen of this.listeners) listen(line);
    });
  }
}
