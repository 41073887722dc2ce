import { readFileSync } from 'node:fs';
import { setInterval, clearInterval } from 'node:timers';

/** Linux counts in hundredths of a second wherever Node runs. */
const TICKS_A_SECOND = 100;
const SAMPLE_EVERY_MS = 200;

/** CPU seconds of a process so far, of user and system together; NaN where the system does not tell (elsewhere than on Linux). */
export function cpuSeconds(pid: number | undefined): number {
  try {
    // The second field is the name in parentheses, which may hold blanks.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  } catch {
    return NaN;
  }
}

/** Resident memory in MiB; NaN where the system does not tell. */
export function residentMib(pid: number | undefined): number {
  try {
    const [, kib] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kib) / 1024;
  } catch {
    return NaN;
  }
}

/** Watches how much memory processes take at most, by name. */
export function watchMemory(pids: Readonly<Record<string, number | undefined>>) {
  const before = sample(pids);
  const most = { ...before };
  const timer = setInterval(() => {
    for (const [name, mib] of Object.entries(sample(pids))) if (mib > most[name]!) most[name] = mib;
  }, SAMPLE_EVERY_MS);
  return {
    /** MiB before and at most. */
    end() {
      clearInterval(timer);
      return { before, most };
    },
  };
}

/** Counts the CPU seconds of processes from now on, by name; `own` is this process. */
export function watchCpu(pids: Readonly<Record<string, number | undefined>>) {
  const all = { ...pids, own: process.pid };
  const used = (): Record<string, number> =>
    Object.fromEntries(Object.entries(all).map(([name, pid]) => [name, cpuSeconds(pid)]));
  const before = used();
  return (): Readonly<Record<string, number>> =>
    Object.fromEntries(Object.entries(used()).map(([name, seconds]) => [name, seconds - before[name]!]));
}

function sample(pids: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, residentMib(pid)]));
}
