/** What Node writes with `--cpu-prof`, as far as it is read. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  /** Ids of nodes, one a sample. */
  readonly samples: readonly number[];
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[];
}

export interface Share {
  readonly name: string;
  readonly seconds: number;
  /** Of the time in which the thread was not idle, 0 to 100. */
  readonly percent: number;
}

export interface ProfileReading {
  /** The thread of a process that was profiled. */
  readonly thread: 'api' | 'worker' | 'workflows of the worker' | 'another thread';
  readonly busySeconds: number;
  readonly idleSeconds: number;
  readonly packages: readonly Share[];
  readonly functions: readonly Share[];
}

/** Self time by package and by function, the largest first. */
export function readProfile({ nodes, samples, timeDeltas }: CpuProfile): ProfileReading {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const packages = new Map<string, number>();
  const functions = new Map<string, number>();
  let [busy, idle] = [0, 0];
  samples.forEach((id, i) => {
    const frame = frames.get(id);
    const seconds = Math.max(0, timeDeltas[i] ?? 0) / 1e6;
    if (frame === undefined) return;
    if (frame.functionName === '(idle)') {
      idle += seconds;
      return;
    }
    busy += seconds;
    const home = packageOf(frame);
    add(packages, home, seconds);
    add(
      functions,
      `${frame.functionName === '' ? 'anonymous' : frame.functionName} (${placeOf(frame, home)})`,
      seconds,
    );
  });
  const urls = nodes.map(({ callFrame }) => callFrame.url);
  return {
    thread: threadOf(urls),
    busySeconds: busy,
    idleSeconds: idle,
    packages: toShares(packages, busy),
    functions: toShares(functions, busy),
  };
}

/** `undici`, `@temporalio/worker`, `convoke src/temporal`, `node:fs`, `(garbage collector)`. */
export function packageOf({ functionName, url }: { readonly functionName: string; readonly url: string }): string {
  if (url === '') return /^\(.*\)$/.test(functionName) ? functionName : '(native)';
  if (url.startsWith('node:')) return url.replace(/^(node:(?:internal\/)?[^/]+).*$/, '$1');
  const [, dependency] = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? [];
  if (dependency !== undefined) return dependency;
  const [, room] = /\/lib\/((?:src\/[^/]+)|(?:[^/]+))/.exec(url) ?? [];
  return room === undefined ? url.slice(url.lastIndexOf('/') + 1) : `convoke ${room}`;
}

function placeOf({ url, lineNumber }: { readonly url: string; readonly lineNumber: number }, home: string): string {
  return url === '' ? home : `${home} ${url.slice(url.lastIndexOf('/') + 1)}:${lineNumber + 1}`;
}

function threadOf(urls: readonly string[]): ProfileReading['thread'] {
  const has = (part: string): boolean => urls.some((url) => url.includes(part));
  if (has('/lib/src/api/main.js')) return 'api';
  if (has('/lib/src/worker.js')) return 'worker';
  return has('workflow-worker-thread') || has('workflow-bundle') ? 'workflows of the worker' : 'another thread';
}

function add(sums: Map<string, number>, name: string, seconds: number): void {
  sums.set(name, (sums.get(name) ?? 0) + seconds);
}

function toShares(sums: ReadonlyMap<string, number>, busy: number): Share[] {
  return [...sums]
    .map(([name, seconds]) => ({ name, seconds, percent: busy === 0 ? 0 : (100 * seconds) / busy }))
    .sort((a, b) => b.seconds - a.seconds);
}
