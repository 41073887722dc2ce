import type { RunResult } from './run/run';

const MOST = 12;

/** What happened in a run, in a few lines. */
export function toReport({ rounds, counts, violations }: RunResult, seconds: number): string[] {
  const count = (name: string): string => counts.get(name).toLocaleString('en');
  const kinds = (prefix: string): string =>
    Object.entries(counts.toJson())
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, n]) => `${name.slice(prefix.length)} ${n}`)
      .join(', ');
  return [
    `${rounds} rounds in ${(seconds / 60).toFixed(1)} minutes, ${count('checks')} checks: ${violations.length === 0 ? 'no rule violated' : `${violations.length} violations`}`,
    `  changes ${counts.sum('change: ')}, by hand and answers ${counts.sum('deed: ')}`,
    `  fault schedules ${count('fault schedules')}, faults that struck ${counts.sum('fault: ')}: ${kinds('fault: ')}`,
    `  kills ${counts.sum('kill: ')}: ${kinds('kill: ')}; pauses ${counts.sum('pause: ')}: ${kinds('pause: ')}`,
    `  webhooks: ${kinds('webhooks ')}`,
    `  mails ${count('mails')}, Graph calls ${count('Graph calls')}`,
  ];
}

export function toViolations(seed: number, { violations, rounds, evidence }: RunResult): string[] {
  const shown = violations.slice(0, MOST).map(({ rule, what }) => `  - ${rule}: ${what}`);
  const rest = violations.length - shown.length;
  return [
    `VIOLATED after ${rounds} rounds of seed ${seed}:`,
    ...shown,
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    `logs, database and states: ${evidence}`,
    `again: npm run chaos -- --seed ${seed} --rounds ${rounds}`,
  ];
}
