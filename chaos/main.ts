import { writeFileSync } from 'node:fs';
import { readOptions, USAGE } from './options';
import { toReport, toViolations } from './report';
import { run, type RunOptions } from './run/run';
import { shrink } from './run/shrink';

const say = (line: string): void => console.log(line);

/** Answers the exit status: 0 when no rule was violated. */
async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv, Math.floor(Date.now() / 1000) % 100_000);
  if (options === null) {
    say(USAGE);
    return 0;
  }
  const { seed, minutes, rounds, every, verbose } = options;
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const startedAt = Date.now();
  const endAt = minutes === null ? null : startedAt + minutes * 60_000;
  const how: RunOptions = { seed, endAt, rounds, every, verbose, say, signal: stop.signal };
  const result = await run(how);
  for (const line of toReport(result, (Date.now() - startedAt) / 1000)) say(line);
  if (options.json !== null) writeFileSync(options.json, JSON.stringify(result.counts.toJson(), null, 1));
  if (result.violations.length === 0) return 0;
  for (const line of toViolations(seed, result)) say(line);
  if (options.shrink) {
    const shortest = await shrink(result, how);
    say(shortest === null ? 'it did not show again' : `the first ${shortest.rounds} rounds are enough:`);
    if (shortest !== null) for (const line of toViolations(seed, shortest)) say(line);
  }
  return 1;
}

main(process.argv.slice(2))
  .then((status) => process.exit(status))
  .catch((error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exit(1);
  });
