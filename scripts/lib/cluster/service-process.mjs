import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Whatever ends this process: nothing of the cluster outlives it. */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** One process of the cluster; what it prints goes into the log. It can be started anew after its end. */
export class ServiceProcess {
  constructor({ name, log }) {
    Object.assign(this, { name, log, child: null, ended: null, heard: [] });
  }

  get pid() {
    return this.isRunning() ? this.child.pid : null;
  }

  isRunning() {
    return this.child !== null && this.child.exitCode === null && this.child.signalCode === null;
  }

  start(program, args, options = {}) {
    this.heard = [];
    this.again = () => this.start(program, args, options);
    this.child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const { child } = this;
    running.add(child);
    this.ended = new Promise((resolve) => child.once('close', resolve));
    child.once('exit', () => running.delete(child));
    for (const stream of [this.child.stdout, this.child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        this.heard.push(line);
        if (this.heard.length > 500) this.heard.shift();
        this.log(`${this.name}: ${line}`);
      });
    }
  }

  /** The first line that fits, of those since the last start. */
  async line(pattern, limitMs) {
    await this.until(() => this.heard.some((line) => pattern.test(line)), limitMs, `to say ${pattern}`);
  }

  async until(reached, limitMs, what) {
    const giveUpAt = Date.now() + limitMs;
    while (!(await reached())) {
      if (!this.isRunning() || Date.now() > giveUpAt) {
        throw new Error(
          `waited in vain for ${this.name} ${what}; its last words:\n${this.heard.slice(-15).join('\n')}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async kill() {
    if (!this.isRunning()) return;
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Answers the exit status. */
  async stop(signal, graceMs) {
    if (!this.isRunning()) return null;
    this.child.kill(signal);
    const last = setTimeout(() => this.child.kill('SIGKILL'), graceMs);
    await this.ended;
    clearTimeout(last);
    return this.child.exitCode;
  }
}
