import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProfile, type CpuProfile, type Share } from './read-profile';

const PACKAGES = 12;
const FUNCTIONS = 15;
/** Threads with less to do say nothing. */
const LEAST_SECONDS = 1;

/** Where the time of each profiled thread went, line by line, the busiest first. */
export function showProfiles(folder: string): string[] {
  const readings = readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => ({ name, ...readProfile(JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile) }))
    .filter(({ busySeconds }) => busySeconds >= LEAST_SECONDS)
    .sort((a, b) => b.busySeconds - a.busySeconds);
  return readings.flatMap(({ name, thread, busySeconds, idleSeconds, packages, functions }) => [
    '',
    `${thread}: ${busySeconds.toFixed(1)} s busy, ${idleSeconds.toFixed(1)} s idle (${name})`,
    ...toLines(packages.slice(0, PACKAGES)),
    '  by function:',
    ...toLines(functions.slice(0, FUNCTIONS)),
  ]);
}

function toLines(shares: readonly Share[]): string[] {
  return shares.map(
    ({ name, seconds, percent }) =>
      `  ${percent.toFixed(1).padStart(5)} %  ${seconds.toFixed(2).padStart(7)} s  ${name}`,
  );
}
