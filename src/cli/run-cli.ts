import { Command, CommanderError } from 'commander';
import type { Cli } from './cli';
import { EXIT, type ExitCode } from './exit-codes';
import { presentError } from './present-error';
import { exitOf } from './verb';

/** Adds one verb to the program. */
export type Verb = (program: Command, cli: Cli) => void;

const ABOUT = `Operates Convoke: looks into sessions and their reasons, and asks for what is to be done.

Settings come from convoke.yaml and .env in the current folder, as api and worker read them. Most verbs need Temporal and the codec keys alone. Sessions are named 5401, academy/5401 or session/academy/5401.`;

const AFTER = `
Exit codes: 0 fine, 1 something is wrong, 2 the command or the settings, 3 a system or the worker does not answer, 4 no such thing,
5 not confirmed. docs/cli.md explains each verb with real output and the shape of its JSON.`;

/** Runs one command line (without node and script) to its end; never throws. */
export async function runCli(argv: readonly string[], verbs: readonly Verb[], cli: Cli): Promise<ExitCode> {
  const program = new Command('convoke').description(ABOUT).addHelpText('after', AFTER).helpCommand(true);
  program.configureHelp({ sortSubcommands: false, showGlobalOptions: false });
  for (const verb of verbs) verb(program, cli);
  prepare(program, cli);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitOf(cli);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    return presentError(cli.io, error, argv.includes('--json'));
  }
}

/** Commander settings do not reach verbs that exist already. */
function prepare(command: Command, cli: Cli): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => cli.io.out(text),
    writeErr: (text) => cli.io.err(text),
    getOutHelpWidth: () => 120,
    getErrHelpWidth: () => 120,
    getOutHasColors: () => cli.io.colours,
  });
  if (command.parent !== null) command.showHelpAfterError(`(convoke ${pathOf(command)} --help says more)`);
  for (const sub of command.commands) prepare(sub, cli);
}

function pathOf(command: Command): string {
  const above = command.parent === null ? [] : [pathOf(command.parent)];
  return [...above, ...(command.parent === null ? [] : [command.name()])].filter((part) => part !== '').join(' ');
}
