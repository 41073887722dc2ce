import { Option, type Command } from 'commander';
import type { SessionStory, SessionView } from '../../app/open-operator';
import { AppError } from '../../domain/errors';
import type { Cli } from '../cli';
import { describeProblems, summarize } from '../describe-session';
import { parseId, platformOption } from '../parse-options';
import { parseSessionRef } from '../session-refs';
import { paint, type Colour } from '../table';
import { addVerb, onCall, withOperator, type Outcome } from '../verb';
import { learnerNow } from '../why/learner-now';
import { tellStory } from '../why/tell-story';
import { isInFocus, type Focus, type Line, type LineKind } from '../why/timeline';
import { toLines } from '../why/to-lines';
import { whatIsNotTold } from '../why/what-is-not-told';
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
    const { view, story } = await withOperator(cli, 'reading the session', async ({ operator, platforms }, tell) => {
      const ref = parseSessionRef(text as string, { platforms, platform });
      const found = await operator.session(ref);
      tell('its histories');
      return { view: found, story: history ? await operator.story(ref).catch(noStory) : null };
    });
    return present(cli, { view, story, focus });
  });
}

/** The journal is told all the same. */
function noStory(error: unknown): { readonly failed: string } {
  if (error instanceof AppError) return { failed: error.code };
  throw error;
}

function present(
  cli: Cli,
  input: {
    readonly view: SessionView;
    readonly story: SessionStory | { readonly failed: string } | null;
    readonly focus: Focus;
  },
): Outcome {
  const { view, story, focus } = input;
  const { state } = view;
  const read = story === null || 'failed' in story ? null : story;
  const lines = tellStory(state.journal, read, focus)
    .flatMap(toLines)
    .filter((line) => isInFocus(line, focus))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const learner = focus.learner === undefined ? [] : learnerNow(state, focus.learner);
  const untold = whatIsNotTold(state, story);
  const { journal: _told, ...now } = state;
  return {
    json: { now: { ...view, state: now }, learner, timeline: lines, untold },
    text: [
      ...summarize(cli, view),
      ...learner.map((line) => `  ${line}`),
      ...describeProblems(cli, state),
      '',
      paint(cli.io, 'What happened (UTC, the newest last)', 'bold'),
      ...(lines.length === 0 ? ['  nothing that is still known'] : lines.flatMap((line) => show(cli, line))),
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
