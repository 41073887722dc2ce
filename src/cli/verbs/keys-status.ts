import type { Command } from 'commander';
import type { KeyStanding, KeyUsage, SignInUse } from '../../app/open-operator';
import type { Cli } from '../cli';
import { EXIT } from '../exit-codes';
import { paint, renderTable, type Cell } from '../table';
import { addVerb, onCall, withOperator, type Outcome } from '../verb';
import { plural, showTime } from '../words';

interface Options {
  readonly ended?: boolean;
}

const HEAD = ['KEY', 'STATE', 'RUNS', 'ACTIONS', 'RESULTS', 'SIGN-INS', 'OLDEST (UTC)', 'SUMMARIES', 'ENDED RUNS'];

export function addKeysStatus(parent: Command, cli: Cli): void {
  const command = addVerb(parent, {
    usage: 'status',
    summary: 'which keys are needed by what is open, and which may be dropped',
    about:
      "Reads the whole history of every open run, each schedule's action and its last result, and the sign-ins that lie in files here, and counts by key what a worker could not go on without. Only the keys' ids are looked at: a key that is missing here does not hinder it. Ended runs need no key to go on; they can only be read with theirs. Ends with 1 if a key is needed that CONVOKE_CODEC_KEYS lacks. No worker need run.",
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
  const { at, openRuns, schedules, keys, unknown, signIns } = usage;
  const untold = unknown.length + (signIns ?? []).filter(({ state }) => state === 'unreadable').length;
  const isMissing = keys.some(({ state }) => state === 'missing');
  const rows = keys.map((key): Cell[] => [
    key.id,
    { text: key.state, colour: COLOURS[key.state] },
    String(key.runs),
    String(key.actions),
    String(key.memories),
    signIns === null ? '-' : String(key.signIns),
    showTime(key.oldest),
    String(key.onlyShown),
    key.ended === null ? '-' : String(key.ended),
  ]);
  const text = [
    ...renderTable(io, HEAD, rows),
    '',
    ...keys.map((key) => paint(io, sayStanding(key, untold), COLOURS[key.state])),
    ...unknown.map((id) => `${id}: its last result is no longer shown by Temporal; let it run once, then ask again.`),
    ...saySignIns(signIns),
    '',
    `${plural(openRuns, 'open run')} and ${plural(schedules, 'schedule')} read at ${showTime(at)}.`,
  ];
  return { json: { at, openRuns, schedules, keys, unknown, signIns }, text, exit: isMissing ? EXIT.wrong : EXIT.fine };
}

const COLOURS = { encrypts: 'green', needed: 'yellow', free: 'blue', missing: 'red' } as const;

/** Only what the table does not say. */
function saySignIns(signIns: readonly SignInUse[] | null): string[] {
  if (signIns === null)
    return [
      'Sign-ins in files were not looked at: no convoke.yaml here says where they are. Look where the worker runs.',
    ];
  return signIns.flatMap(({ account, state }) => {
    if (state === 'none')
      return [`${account}: no sign-in lies here. If the worker keeps one elsewhere, look there, too.`];
    if (state === 'unreadable')
      return [`${account}: the file with its sign-in cannot be read here; see convoke accounts.`];
    return [];
  });
}

function sayStanding({ id, state, runs, actions, memories, signIns, ended }: KeyStanding, untold: number): string {
  const needs = [
    ...(runs > 0 ? [plural(runs, 'open run')] : []),
    ...(actions > 0 ? [plural(actions, "schedule's action", "schedules' actions")] : []),
    ...(memories > 0 ? [plural(memories, "schedule's last result", "schedules' last results")] : []),
    ...(signIns > 0 ? [plural(signIns, 'sign-in')] : []),
  ].join(', ');
  switch (state) {
    case 'encrypts':
      return `${id} encrypts what is new.`;
    case 'needed':
      return needs === ''
        ? `${id} must stay: of ${plural(untold, 'schedule or sign-in', 'schedules or sign-ins')} it cannot be told.`
        : `${id} must stay: needed by ${needs}. "convoke keys renew" ends that.`;
    case 'missing':
      return `${id} is MISSING in CONVOKE_CODEC_KEYS and needed by ${needs}: put it back behind the others, everywhere, and restart.`;
    case 'free':
      return `${id} may be dropped: nothing that is open needs it${ended === null || ended === 0 ? '' : `; ${plural(ended, 'ended run')} can then no longer be read`}.`;
  }
}
