import type { Command } from 'commander';
import type { KeyStanding, KeyUsage } from '../../app/open-operator';
import type { Cli } from '../cli';
import { EXIT } from '../exit-codes';
import { paint, renderTable, type Cell } from '../table';
import { addVerb, onCall, withOperator, type Outcome } from '../verb';
import { plural, showTime } from '../words';

interface Options {
  readonly ended?: boolean;
}

const HEAD = ['KEY', 'STATE', 'RUNS', 'ACTIONS', 'RESULTS', 'OLDEST (UTC)', 'SUMMARIES', 'ENDED RUNS'];

export function addKeysStatus(parent: Command, cli: Cli): void {
  const command = addVerb(parent, {
    usage: 'status',
    summary: 'which keys are needed by what is open, and which may be dropped',
    about:
      "Reads the whole history of every open run, each schedule's action and its last result, and counts by key what a worker could not go on without. Only the keys' ids are looked at: a key that is missing here does not hinder it. Ended runs need no key to go on; they can only be read with theirs. Ends with 1 if a key is needed that CONVOKE_CODEC_KEYS lacks. No worker need run.",
    examples: [
      ['convoke keys status', 'everything that is open'],
      ['convoke keys status --ended', 'ended runs, too: for how many of them a key is kept'],
    ],
    next: ['convoke keys renew   have what is open go on under the first key'],
  }).option('--ended', 'look through ended runs, too; there may be many');
  onCall<Options>(command, cli, async ({ ended = false }) => {
    const usage = await withOperator(cli, 'looking for keys', ({ keys }, tell) =>
      keys.usage({ withEnded: ended, tell }),
    );
    return showUsage(cli, usage);
  });
}

export function showUsage({ io }: Pick<Cli, 'io'>, usage: KeyUsage): Outcome {
  const { at, openRuns, schedules, keys, unknown } = usage;
  const isMissing = keys.some(({ state }) => state === 'missing');
  const rows = keys.map((key): Cell[] => [
    key.id,
    { text: key.state, colour: COLOURS[key.state] },
    String(key.runs),
    String(key.actions),
    String(key.memories),
    showTime(key.oldest),
    String(key.onlyShown),
    key.ended === null ? '-' : String(key.ended),
  ]);
  const text = [
    ...renderTable(io, HEAD, rows),
    '',
    ...keys.map((key) => paint(io, sayStanding(key, unknown.length), COLOURS[key.state])),
    ...unknown.map((id) => `${id}: its last result is no longer shown by Temporal; let it run once, then ask again.`),
    '',
    `${plural(openRuns, 'open run')} and ${plural(schedules, 'schedule')} read at ${showTime(at)}.`,
  ];
  return { json: { at, openRuns, schedules, keys, unknown }, text, exit: isMissing ? EXIT.wrong : EXIT.fine };
}

const COLOURS = { encrypts: 'green', needed: 'yellow', free: 'blue', missing: 'red' } as const;

function sayStanding({ id, state, runs, actions, memories, ended }: KeyStanding, unknown: number): string {
  const needs = [
    ...(runs > 0 ? [plural(runs, 'open run')] : []),
    ...(actions > 0 ? [plural(actions, "schedule's action", "schedules' actions")] : []),
    ...(memories > 0 ? [plural(memories, "schedule's last result", "schedules' last results")] : []),
  ].join(', ');
  switch (state) {
    case 'encrypts':
      return `${id} encrypts what is new.`;
    case 'needed':
      return needs === ''
        ? `${id} must stay: of ${plural(unknown, 'schedule')} it cannot be told.`
        : `${id} must stay: needed by ${needs}. "convoke keys renew" ends that.`;
    case 'missing':
      return `${id} is MISSING in CONVOKE_CODEC_KEYS and needed by ${needs}: put it back behind the others, everywhere, and restart.`;
    case 'free':
      return `${id} may be dropped: nothing that is open needs it${ended === null || ended === 0 ? '' : `; ${plural(ended, 'ended run')} can then no longer be read`}.`;
  }
}
