import { Option, type Command } from 'commander';
import type { PlatformCoverage } from '../../app/open-operator';
import type { Cli } from '../cli';
import { EXIT } from '../exit-codes';
import { parseDuration, platformOption } from '../parse-options';
import { choosePlatform } from '../session-refs';
import { renderTable, type Cell } from '../table';
import { addVerb, onCall, withOperator } from '../verb';
import { showAge, showTime } from '../words';

const DAY_MS = 86_400_000;

interface Options {
  readonly platform?: string;
  /** Milliseconds. */
  readonly maxGap: number;
}

export function addCoverage(program: Command, cli: Cli): void {
  const command = addVerb(program, {
    usage: 'coverage',
    summary: 'how many seats of future sessions have their invitation',
    about:
      'Shows for each platform what the last sweep found: seats of future sessions, those whose invitations stand, and since when the oldest gap exists. Ends with 1 if a gap, or the last sweep itself, is older than --max-gap, or if nothing is known. A worker must run.',
    examples: [
      ['convoke coverage', 'all platforms; a gap may be a day old'],
      ['convoke coverage --max-gap 2h', 'for a monitor that is stricter'],
    ],
    next: ['convoke sessions --status error,pending,held    the sessions behind a gap'],
  })
    .addOption(platformOption())
    .addOption(
      new Option('--max-gap <duration>', 'how old a gap may be: 90m, 6h, 2d')
        .argParser(parseDuration)
        .default(DAY_MS, '1d'),
    );
  onCall<Options>(command, cli, async ({ platform, maxGap }) => {
    const now = cli.now().getTime();
    const found = await withOperator(cli, 'asking the platforms', async ({ operator, platforms }) => {
      const some = platform === undefined ? platforms : [choosePlatform({ platform, platforms })];
      return operator.coverage(some.length === 0 ? null : some);
    });
    const judged = found.map((one) => ({ ...one, problem: judge(one, now, maxGap) }));
    const text = renderTable(cli.io, HEAD, judged.map(toRow));
    const isWrong = judged.length === 0 || judged.some(({ problem }) => problem !== null);
    return {
      json: { platforms: judged, maxGapMs: maxGap },
      text: judged.length === 0 ? ['Temporal knows of no platform: no webhook and no sweep has come yet.'] : text,
      exit: isWrong ? EXIT.wrong : EXIT.fine,
    };
  });
}

const HEAD = ['PLATFORM', 'SEATS', 'COVERED', '%', 'OLDEST GAP SINCE', 'MEASURED (UTC)', 'VERDICT'];

/** What is wrong, for people; null: nothing is. */
function judge({ coverage }: PlatformCoverage, now: number, maxGapMs: number): string | null {
  if (coverage === null) return 'not known: no sweep has ended yet (is doceboConnectIsOff true?)';
  const { at, oldestGapSince } = coverage;
  const gapMs = oldestGapSince === null ? 0 : now - Date.parse(oldestGapSince);
  if (gapMs > maxGapMs) return `a gap is ${showAge(gapMs)} old`;
  const measuredMs = now - Date.parse(at);
  return measuredMs > maxGapMs ? `the last sweep is ${showAge(measuredMs)} old` : null;
}

function toRow({ platform, coverage, problem }: PlatformCoverage & { readonly problem: string | null }): Cell[] {
  const verdict: Cell = problem === null ? { text: 'fine', colour: 'green' } : { text: problem, colour: 'red' };
  if (coverage === null) return [platform, '-', '-', '-', '-', '-', verdict];
  const { seats, covered, oldestGapSince, at } = coverage;
  // Never 100 while a seat lacks its invitation.
  const percent = seats === 0 ? '100' : (Math.floor((covered / seats) * 1_000) / 10).toString();
  return [platform, String(seats), String(covered), percent, showTime(oldestGapSince), showTime(at), verdict];
}
