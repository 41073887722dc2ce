import { readdirSync, readFileSync } from 'node:fs';

/** The memory that a process holds, in bytes; 0 where the system does not tell (only Linux does). */
export function readMemory(pid: number | undefined): number {
  try {
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    return 0;
  }
}

/** Files and sockets that a process has open; 0 where the system does not tell. */
export function countOpen(pid: number | undefined): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

/** Bytes that each further sample adds, by the middle of the last third against the middle of the first: one spike moves neither. */
export function slopeOf(samples: readonly number[]): number {
  const third = Math.floor(samples.length / 3);
  if (third === 0) return 0;
  return (medianOf(samples.slice(-third)) - medianOf(samples.slice(0, third))) / (samples.length - third);
}

function medianOf(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
