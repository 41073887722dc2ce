import type { Command } from 'commander';
import type { OpenOperator } from '../app/open-operator';
import type { Cli } from './cli';
import { EXIT, type ExitCode } from './exit-codes';
import { withProgress } from './progress';

/** What a verb has found or done. The frame prints the one or the other half of it. */
export interface Outcome {
  /** For `--json`: one object, documented in docs/cli.md. */
  readonly json: Readonly<Record<string, unknown>>;
  /** For people, line by line. */
  readonly text: readonly string[];
  readonly exit?: ExitCode;
}

export interface VerbHelp {
  /** `sessions`, or with arguments `session <session>`. */
  readonly usage: string;
  /** One line for the list of verbs. */
  readonly summary: string;
  /** What it is for, in a few sentences. */
  readonly about: string;
  /** Command and what it does. */
  readonly examples: readonly (readonly [command: string, does: string])[];
  /** What may follow, such as the verb that goes on from here. */
  readonly next?: readonly string[];
}

/** A verb with its help and `--json`. `parent` is the program, or a verb that only has verbs below it. */
export function addVerb(parent: Command, { usage, summary, about, examples, next = [] }: VerbHelp): Command {
  const parts = [
    '\nExamples:',
    ...examples.map(([command, does]) => `  ${command}\n      ${does}`),
    ...(next.length === 0 ? [] : ['\nWhat may follow:', ...next.map((line) => `  ${line}`)]),
  ];
  return parent
    .command(usage)
    .summary(summary)
    .description(about)
    .option('--json', 'for scripts: one JSON object on standard output')
    .addHelpText('after', parts.join('\n'));
}

/** Runs `work` when the verb is called and prints its outcome; errors are the frame's. */
export function onCall<Options>(
  command: Command,
  cli: Cli,
  work: (options: Options, args: readonly (string | readonly string[] | undefined)[]) => Promise<Outcome>,
): Command {
  return command.action(async () => {
    const options = command.opts<Options & { readonly json?: boolean }>();
    const outcome = await work(options, command.processedArgs as (string | readonly string[] | undefined)[]);
    if (options.json === true) cli.io.out(`${JSON.stringify({ v: 1, ...outcome.json }, null, 2)}\n`);
    else if (outcome.text.length > 0) cli.io.out(`${outcome.text.join('\n')}\n`);
    exits.set(cli, outcome.exit ?? EXIT.fine);
  });
}

const exits = new WeakMap<Cli, ExitCode>();

/** How the last verb ended. */
export function exitOf(cli: Cli): ExitCode {
  return exits.get(cli) ?? EXIT.fine;
}

/** Opens an operator for the time of `work`; says on stderr what takes its time. */
export async function withOperator<T>(
  cli: Cli,
  doing: string,
  work: (open: OpenOperator, tell: (progress: string) => void) => Promise<T>,
): Promise<T> {
  return withProgress(cli.io, doing, async (tell) => {
    const open = await cli.openOperator();
    try {
      return await work(open, tell);
    } finally {
      await open.close();
    }
  });
}
