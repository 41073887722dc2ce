import { SupervisedProgram, type ProgramSpec } from '../../../../src/app/supervise/supervised-program';

/** A program that does what `script` says, and what was seen of it. */
class Bench {
  readonly lines: string[] = [];
  readonly news: string[] = [];
  readonly pids: number[] = [];
  readonly endedPids: number[] = [];
  readonly program: SupervisedProgram;

  constructor(script: string, over: Partial<ProgramSpec> = {}) {
    const spec: ProgramSpec = {
      name: 'worker',
      command: process.execPath,
      args: ['-e', script],
      env: { PATH: process.env.PATH },
      graceMs: 10_000,
      backOff: { firstMs: 5, factor: 2, capMs: 20, healthyAfterMs: 60_000 },
      ...over,
    };
    this.program = new SupervisedProgram(spec, {
      line: (name, text) => this.lines.push(`${name}: ${text}`),
      news: (_name, text) => this.news.push(text),
      started: (_name, pid) => this.pids.push(pid),
      ended: (_name, pid) => this.endedPids.push(pid),
    });
  }

  async until(wanted: () => boolean): Promise<void> {
    while (!wanted()) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const forEver = 'setInterval(() => undefined, 1000)';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('a supervised program', () => {
  test('is heard line by line, both of its streams', async () => {
    const bench = new Bench(`console.log('one\\n\\ntwo'); console.error('three'); ${forEver}`);

    bench.program.start();
    await bench.until(() => bench.lines.length === 3);
    await bench.program.stop();

    expect([...bench.lines].sort()).toEqual(['worker: one', 'worker: three', 'worker: two']);
  });

  test('is started again when it ends by itself, each time after a longer wait up to the cap', async () => {
    const bench = new Bench('process.exit(3)');

    bench.program.start();
    await bench.until(() => bench.pids.length === 5);
    await bench.program.stop();

    expect(bench.news.slice(0, 4)).toEqual([
      'ended with status 3; starts again in 0.005 s',
      'ended with status 3; starts again in 0.01 s',
      'ended with status 3; starts again in 0.02 s',
      'ended with status 3; starts again in 0.02 s',
    ]);
    expect(new Set(bench.pids).size).toBe(5);
  });

  test('is started again when somebody kills it, and the signal is told', async () => {
    const bench = new Bench(forEver);

    bench.program.start();
    process.kill(bench.pids[0]!, 'SIGKILL');
    await bench.until(() => bench.pids.length === 2);
    const second = bench.program.pid;
    await bench.program.stop();

    expect(bench.news).toEqual(['was ended by SIGKILL; starts again in 0.005 s']);
    expect(second).toBe(bench.pids[1]);
  });

  test('that cannot be started is told and tried again', async () => {
    const bench = new Bench('', { command: '/nowhere/program' });

    bench.program.start();
    await bench.until(() => bench.news.length === 2);
    await bench.program.stop();

    expect(bench.news[0]).toMatch(/^cannot be started \(.*ENOENT.*\); starts again in 0\.005 s$/);
    expect(bench.pids).toEqual([]);
  });

  test('is asked to stop, is given the time to do so, and is not started again', async () => {
    const bench = new Bench(
      `process.on('SIGTERM', () => setTimeout(() => { console.log('done'); process.exit(0) }, 50)); console.log('up'); ${forEver}`,
    );

    bench.program.start();
    await bench.until(() => bench.lines.length === 1);
    await bench.program.stop();
    await bench.until(() => bench.lines.length === 2);

    expect(bench.lines).toEqual(['worker: up', 'worker: done']);
    expect(bench.endedPids).toEqual(bench.pids);
    expect(bench.program.pid).toBeNull();
    expect(bench.news).toEqual([]);
  });

  test('that does not stop in time is killed with whatever it started', async () => {
    const grandchild = `require('child_process').spawn(process.execPath, ['-e', '${forEver}'], { stdio: 'ignore' }).pid`;
    const bench = new Bench(`process.on('SIGTERM', () => undefined); console.log(${grandchild}); ${forEver}`, {
      graceMs: 50,
    });

    bench.program.start();
    await bench.until(() => bench.lines.length === 1);
    const grandchildPid = Number(bench.lines[0]!.split(': ')[1]);
    await bench.program.stop();
    await bench.until(() => !isAlive(grandchildPid));

    expect(bench.news).toEqual(['did not end within 0.05 s: killed']);
    expect(bench.endedPids).toEqual(bench.pids);
  });

  test('that waits for its next start is not started once it is stopped', async () => {
    const bench = new Bench('process.exit(0)', {
      backOff: { firstMs: 100_000, factor: 1, capMs: 100_000, healthyAfterMs: 60_000 },
    });

    bench.program.start();
    await bench.until(() => bench.news.length === 1);
    await bench.program.stop();

    expect(bench.pids).toHaveLength(1);
  });

  test('whose last words are no news is not heard while it stops', async () => {
    const bench = new Bench(
      `process.on('SIGTERM', () => { console.log('noise'); process.exit(0) }); console.log('up'); ${forEver}`,
      { quietAtEnd: true },
    );

    bench.program.start();
    await bench.until(() => bench.lines.length === 1);
    await bench.program.stop();

    expect(bench.lines).toEqual(['worker: up']);
  });
});
