import { runAway, type AwayOptions } from './away';
import { runCrowds } from './crowds';
import { MARK } from './fuzz-case';
import { readOptions, USAGE } from './options';
import { runCases } from './run-cases';
import { runStorm } from './storm';
import { toLines } from './tally';
import { Ingress } from './world/ingress';
import { slopeOf } from './world/read-memory';

const say = (line: string): void => console.log(line);
const MEGABYTE = 1024 * 1024;
/** Until here code is compiled and buffers find their size. */
const WARM_UP = 10_000;
const SAMPLE_EVERY = 1_000;
/** Growth after the warm-up that is none: the collector's own swing. */
const MEMORY_RISE = 64 * MEGABYTE;
const WATCHED = 'subscription/training';
const STORM = 2_000;
/** As many messages at once as there is room for connections. Long enough away that a client has given up trying often. */
const AWAY: AwayOptions = {
  ...{ messages: 1_950, notifications: 50, stayMs: 20_000, recoverMs: 15_000 },
  states: ['refuses', 'hangs', 'unreachable'],
};
const MEMORY_CEILING = 512 * MEGABYTE;

/** Answers the exit status: 0 when nothing was wrong. */
async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv, Math.floor(Date.now() / 1000) % 100_000);
  if (options === null) {
    say(USAGE);
    return 0;
  }
  const { seed, count, from, crowds, storm, away } = options;
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  const ingress = await Ingress.open();
  say(`seed ${seed}: ${count} cases from ${from} on; log in ${ingress.folder}`);
  const startedAt = Date.now();
  const memory: number[] = [];
  const tally = await runCases({
    ...{ seed, from, count, port: ingress.port, target: ingress.target, signal: stop.signal },
    isStored: (id, since) => ingress.frontend.isSignalled(id, since),
    onDone(done) {
      if (done >= WARM_UP && done % SAMPLE_EVERY === 0) memory.push(ingress.memory());
      if (done % 10_000 === 0)
        say(`${done} cases, ${Math.round(ingress.memory() / MEGABYTE)} MB, ${tallyRate(done, startedAt)}`);
    },
  });
  const faults = [...tally.faults];
  if (tally.faulty > faults.length) faults.push(`and ${tally.faulty - faults.length} cases more`);
  const parts = [
    [crowds, () => runCrowds(ingress, say)],
    [storm, () => runStorm(ingress, STORM, say)],
    [away, () => runAway(ingress, AWAY, say)],
  ] as const;
  for (const [isWanted, run] of parts) if (isWanted && !stop.signal.aborted) faults.push(...(await run()));

  say('answers:');
  for (const line of toLines(tally.outcomes)) say(line);
  say('cases:');
  for (const line of toLines(tally.kinds)) say(line);
  say(`ended within: half ${tally.latency(0.5)} ms, 99 % ${tally.latency(0.99)} ms, all ${tally.latency(1)} ms`);
  say(`stored: ${ingress.frontend.signals} signals to ${ingress.frontend.signalled.length} workflows`);
  const others = ingress.frontend.signalled.filter((id) => /^subscription\//.test(id)).filter((id) => id !== WATCHED);
  if (others.length > 0) faults.push(`workflows of mailboxes whose secret nobody sent were told: ${others.length}`);
  const rise = slopeOf(memory) * memory.length;
  const peak = Math.max(0, ...memory);
  say(`memory: ${Math.round(peak / MEGABYTE)} MB at most, ${Math.round(rise / MEGABYTE)} MB more at the end`);
  if (rise > MEMORY_RISE) faults.push(`memory grows: ${Math.round(rise / MEGABYTE)} MB over ${memory.length} samples`);
  if (peak > MEMORY_CEILING) faults.push(`memory: ${Math.round(peak / MEGABYTE)} MB`);
  if (ingress.crashes > 0) faults.push(`the api ended by itself ${ingress.crashes} times`);
  await ingress.close();
  if (ingress.log().includes(MARK)) faults.push('the log holds what was sent');
  if (/"code":"BUG_|"msg":"[^"]*broke down/.test(ingress.log())) faults.push('the log tells of a bug');
  say(faults.length === 0 ? 'nothing was wrong' : `WRONG (seed ${seed}):`);
  for (const fault of faults) say(`  ${fault}`);
  return faults.length === 0 ? 0 : 1;
}

function tallyRate(done: number, startedAt: number): string {
  return `${Math.round(done / ((Date.now() - startedAt) / 1000))} a second`;
}

main(process.argv.slice(2))
  .then((status) => process.exit(status))
  .catch((error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exit(1);
  });
