import { Option, type Command } from 'commander';
import { explainSession, type Explanation } from '../../app/story/explain-session';
import type { Focus, Line, LineKind } from '../../app/story/timeline';
import type { Cli } from '../cli';
import { describeProblems, summarize } from '../describe-session';
import { parseId, platformOption } from '../parse-options';
import { parseSessionRef } from '../session-refs';
import { paint, type Colour } from '../table';
import { addVerb, onCall, withOperator, type Outcome } from '../verb';
import { showTime } from '../words';

interface Options extends Focus {
  readonly platform?: string;
  readonly history: boolean;
}

export function addWhy(program: Command, cli: Cli): void {
  const command = addVerb(program, {
    usage: 'why <session>',
    summary: 'how a session came to be as it is: hint, facts, decision, Graph, mail, answer',
    about:
      "Tells a session's story in plain words, the newest last, with what is true now at the top. It reads the journal in the workflow's state and, where Temporal still has them, the histories: they add attempts, failures and what each plan held. People appear by Docebo's user ids alone.",
    examples: [
      ['convoke why 5401', 'the whole story that is known'],
      ['convoke why 5401 --learner 14081', 'why somebody has an invitation, or has none'],
      ['convoke why 5401 --event 101', 'one event'],
    ],
    next: [
      'convoke events 5401    ids of the events in Graph',
      'convoke resync 5401    if the calendar is not as Docebo has it',
    ],
  })
    .addOption(platformOption())
    .addOption(new Option('--learner <id>', "Docebo's user id of one person").argParser(parseId))
    .addOption(new Option('--event <id>', "Docebo's id of one event").argParser(parseId))
    .option('--no-history', 'tell what the journal knows, and leave the histories alone');
  onCall<Options>(command, cli, async ({ platform, history, ...focus }, [text]) => {
    const told = await withOperator(cli, 'reading the session', async ({ operator, platforms }, onProgress) => {
      const ref = parseSessionRef(text as string, { platforms, platform });
      return explainSession(operator, ref, { history, onProgress, ...focus });
    });
    return present(cli, told);
  });
}

function present(cli: Cli, { view, learner, timeline, untold }: Explanation): Outcome {
  const { state } = view;
  const { journal: _told, ...now } = state;
  return {
    json: { now: { ...view, state: now }, learner, timeline, untold },
    text: [
      ...summarize(cli, view),
      ...learner.map((line) => `  ${line}`),
      ...describeProblems(cli, state),
      '',
      paint(cli.io, 'What happened (UTC, the newest last)', 'bold'),
      ...(timeline.length === 0 ? ['  nothing that is still known'] : timeline.flatMap((line) => show(cli, line))),
      '',
      paint(cli.io, 'What this cannot tell', 'bold'),
      ...untold.map((line) => `  ${line}`),
    ],
  };
}

const COLOURS: Partial<Record<LineKind, Colour>> = { failure: 'red', operator: 'yellow', Graph: 'blue', mail: 'green' };

function show({ io }: Cli, { at, kind, text, details }: Line): string[] {
  const colour = COLOURS[kind];
  const name = kind.padEnd(8);
  const head = `${showTime(at)}  ${colour === undefined ? name : paint(io, name, colour)}  ${text}`;
  return [head, ...details.map((detail) => `${' '.repeat(31)}${paint(io, detail, 'grey')}`)];
}
