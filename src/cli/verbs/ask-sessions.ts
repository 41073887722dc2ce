import type { Command } from 'commander';
import type { Operator } from '../../app/open-operator';
import { resyncOrStart } from '../../app/resync-session';
import type { OperatorRequest } from '../../contract/messages';
import { atOnce } from '../../domain/at-once';
import { AppError } from '../../domain/errors';
import type { SessionRef } from '../../domain/model';
import { addChoice, chooseSessions, type Choice } from '../choose-sessions';
import type { Cli } from '../cli';
import { confirm } from '../confirm';
import { EXIT } from '../exit-codes';
import { asOption, yesOption } from '../parse-options';
import { paint } from '../table';
import { withProgress } from '../progress';
import { addVerb, onCall, type Outcome } from '../verb';
import { nameOf, plural } from '../words';

/** Updates under way at a time: each is a workflow task for the worker. */
const AT_ONCE = 8;

type Ask = (operator: Operator, ref: SessionRef, request: OperatorRequest) => Promise<{ readonly note: string }>;

interface Options extends Choice {
  readonly as?: string;
  readonly yes?: boolean;
  readonly reason?: string;
  readonly start?: boolean;
}

export function addResync(program: Command, cli: Cli): void {
  const command = addVerb(program, {
    usage: 'resync [session...]',
    summary: 'read Docebo and the calendar again and mend every difference',
    about:
      'Has sessions look into Docebo and through the calendar now, whatever they remember, and mend what differs. It also takes the rights that Docebo is read with now for meant. It mails only where something differs. Safe to repeat.',
    examples: [
      ['convoke resync 5401', 'one session'],
      ['convoke resync --status error', 'all that are in error, after the cause is mended'],
      ['convoke resync --course 190 --yes', 'all running sessions of a course, without a question'],
      ['convoke resync 5401 --start', 'also where no workflow runs: it is started'],
    ],
    next: ['convoke session 5401   what came of it', 'convoke why 5401       what it found and did'],
  }).option('--start', 'start the workflow of a named session that has none');
  addAsk(command, cli, { doing: 'resync', ask: (operator, ref, request) => operator.resync(ref, request) });
}

export function addHold(program: Command, cli: Cli): void {
  const command = addVerb(program, {
    usage: 'hold [session...]',
    summary: 'stop all writing of sessions until they are released',
    about:
      'From now on nothing of these sessions is written into calendars or to Docebo. Hints are kept. The reason is shown to everybody who looks; write no names of learners into it.',
    examples: [
      [`convoke hold 5401 --reason 'times are being corrected'`, 'one session'],
      [`convoke hold --course 190 --reason 'import under way'`, 'all running sessions of a course'],
    ],
    next: ['convoke release 5401             let it go on', 'convoke sessions --status held   what is held now'],
  }).requiredOption('--reason <text>', 'why, for whoever finds the session held');
  addAsk(command, cli, { doing: 'hold', ask: (operator, ref, request) => operator.hold(ref, request) });
}

export function addRelease(program: Command, cli: Cli): void {
  const command = addVerb(program, {
    usage: 'release [session...]',
    summary: 'end a hold: the session is read and compared at once',
    about:
      'Ends the hold of sessions. Each is read and compared at once, and what has changed meanwhile is mailed as one change.',
    examples: [
      ['convoke release 5401', 'one session'],
      ['convoke release --status held', 'all that are held'],
    ],
    next: ['convoke session 5401   what came of it'],
  });
  addAsk(command, cli, { doing: 'release', ask: (operator, ref, request) => operator.release(ref, request) });
}

function addAsk(command: Command, cli: Cli, { doing, ask }: { readonly doing: string; readonly ask: Ask }): void {
  addChoice(command).addOption(asOption()).addOption(yesOption());
  onCall<Options>(command, cli, async (options, [names]) => {
    const { as = cli.user(), reason, yes = false, start = false } = options;
    const request: OperatorRequest = { requestedBy: as, ...(reason !== undefined && { reason }) };
    const open = await withProgress(cli.io, 'connecting to Temporal', () => cli.openOperator());
    try {
      const { refs, byFilter } = await withProgress(cli.io, 'looking for the sessions', () =>
        chooseSessions(open, names as readonly string[], options),
      );
      if (refs.length === 0) return { json: { sessions: [] }, text: ['No session matches.'] };
      const question = `${plural(refs.length, 'session')} will be asked to ${doing}.`;
      if (byFilter && !(await confirm(cli, { question, expected: String(refs.length), yes }))) return NOT_CONFIRMED;
      return await withProgress(cli.io, doing, (tell) =>
        askAll(cli, { operator: open.operator, refs, request, ask: start ? resyncOrStart : ask, tell }),
      );
    } finally {
      await open.close();
    }
  });
}

const NOT_CONFIRMED: Outcome = { json: { sessions: [] }, text: ['Nothing was done.'], exit: EXIT.notConfirmed };

type Answer = { readonly note: string } | { readonly error: AppError } | { readonly skipped: true };

async function askAll(
  cli: Cli,
  input: {
    readonly operator: Operator;
    readonly refs: readonly SessionRef[];
    readonly request: OperatorRequest;
    readonly ask: Ask;
    readonly tell: (progress: string) => void;
  },
): Promise<Outcome> {
  const { operator, refs, request, ask, tell } = input;
  let answered = 0;
  let isDown = false;
  const answers = await atOnce(AT_ONCE, refs, async (ref): Promise<Answer> => {
    // Without Temporal or a worker each would wait in vain for its turn.
    if (isDown) return { skipped: true };
    try {
      return await ask(operator, ref, request);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      isDown ||= error.kind === 'upstream' && error.code !== 'TEMPORAL_NO_ANSWER';
      return { error };
    } finally {
      tell(`${++answered} of ${refs.length}`);
    }
  });
  const [only] = answers;
  if (answers.length === 1 && only !== undefined && 'error' in only) throw only.error;
  return present(cli, refs, answers);
}

function present({ io }: Cli, refs: readonly SessionRef[], answers: readonly Answer[]): Outcome {
  const errors = answers.flatMap((answer) => ('error' in answer ? [answer.error] : []));
  const skipped = answers.filter((answer) => 'skipped' in answer).length;
  const text = refs.map((ref, i) => `${nameOf(ref)}  ${describe(io, answers[i]!)}`);
  const failed = errors.length + skipped;
  if (refs.length > 1)
    text.push('', `${refs.length - failed} of ${plural(refs.length, 'session')} asked, ${failed} not.`);
  return {
    json: { sessions: refs.map((ref, i) => ({ ...ref, ...toJson(answers[i]!) })) },
    text,
    exit: failed === 0 ? EXIT.fine : skipped > 0 ? EXIT.unreachable : EXIT.wrong,
  };
}

function describe(io: Cli['io'], answer: Answer): string {
  if ('note' in answer) return answer.note;
  return 'error' in answer ? paint(io, `${answer.error.code}: ${answer.error.message}`, 'red') : 'not asked';
}

function toJson(answer: Answer) {
  if ('note' in answer) return { note: answer.note };
  return 'error' in answer ? { error: { code: answer.error.code, message: answer.error.message } } : { skipped: true };
}
