import type { Command } from 'commander';
import type { Cli } from '../cli';
import { describeSession } from '../describe-session';
import { platformOption } from '../parse-options';
import { parseSessionRef } from '../session-refs';
import { addVerb, onCall, withOperator } from '../verb';

export function addSession(program: Command, cli: Cli): void {
  const command = addVerb(program, {
    usage: 'session <session>',
    summary: 'what is true of one session now',
    about:
      "Asks the session's workflow for its state: status, people, events in the calendar, problems with what to do about them, and what comes next. A worker must run. Ids and counts only.",
    examples: [
      ['convoke session 5401', 'with one platform in convoke.yaml'],
      ['convoke session session/academy/5401', 'as the Web UI names the workflow'],
      ['convoke session 5401 --json', "the workflow's whole state, for a script"],
    ],
    next: ['convoke why 5401       how it came to be so', 'convoke resync 5401    read Docebo and the calendar again'],
  }).addOption(platformOption());
  onCall<{ readonly platform?: string }>(command, cli, async ({ platform }, [text]) => {
    const view = await withOperator(cli, 'asking the session', ({ operator, platforms }) =>
      operator.session(parseSessionRef(text as string, { platforms, platform })),
    );
    return { json: { ...view }, text: describeSession(cli, view) };
  });
}
