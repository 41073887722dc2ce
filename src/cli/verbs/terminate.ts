import type { Command } from 'commander';
import { InputError } from '../../domain/errors';
import type { Cli } from '../cli';
import { confirm } from '../confirm';
import { EXIT } from '../exit-codes';
import { asOption, platformOption, yesOption } from '../parse-options';
import { withProgress } from '../progress';
import { parseSessionRef } from '../session-refs';
import { addVerb, onCall } from '../verb';
import { nameOf } from '../words';

interface Options {
  readonly platform?: string;
  readonly reason: string;
  readonly as?: string;
  readonly yes?: boolean;
}

const WHAT_FOLLOWS = [
  'Its invitations stay as they are in the calendar, and nobody is mailed.',
  'Journal and answers that Docebo was not told yet are forgotten with it.',
  'The next hint (webhook, sweep, or "convoke resync <session> --start") starts it anew: it adopts its events from the calendar and mends what differs.',
];

export function addTerminate(program: Command, cli: Cli): void {
  const command = addVerb(program, {
    usage: 'terminate <session>',
    summary: "end a session's workflow at once: the last resort",
    about: `Ends the workflow of a session, whatever it does now. ${WHAT_FOLLOWS.join(' ')} To stop writing for a while, hold the session instead. No worker need run.`,
    examples: [
      [`convoke terminate 5401 --reason 'stuck on a bad release'`, 'asks for the id to be typed'],
      [`convoke terminate 5401 --reason 'stuck' --yes`, 'without a question'],
    ],
    next: ['convoke resync 5401 --start   start it anew now'],
  })
    .addOption(platformOption())
    .requiredOption('--reason <text>', "why; it stands in Temporal's history")
    .addOption(asOption())
    .addOption(yesOption());
  onCall<Options>(command, cli, async ({ platform, reason, as = cli.user(), yes = false }, [text]) => {
    const open = await withProgress(cli.io, 'connecting to Temporal', () => cli.openOperator());
    try {
      const ref = parseSessionRef(text as string, { platforms: open.platforms, platform });
      if (reason.trim() === '') throw new InputError('--reason is empty.', { code: 'INPUT_OPERATOR_REQUEST' });
      const question = `The workflow of ${nameOf(ref)} will be ended. ${WHAT_FOLLOWS.join(' ')}`;
      if (!(await confirm(cli, { question, expected: ref.sessionId, yes }))) {
        return { json: { session: ref, terminated: false }, text: ['Nothing was done.'], exit: EXIT.notConfirmed };
      }
      await withProgress(cli.io, 'ending it', () => open.operator.terminate(ref, { requestedBy: as, reason }));
      return {
        json: { session: ref, terminated: true },
        text: [`${nameOf(ref)}: its workflow has been ended.`, ...WHAT_FOLLOWS.map((line) => `  ${line}`)],
      };
    } finally {
      await open.close();
    }
  });
}
