import { execFile } from 'node:child_process';
import { resolve as resolvePath } from 'node:path';

export interface CallResult {
  /** What the function answered, as JSON keeps it. */
  readonly value?: unknown;
  /** The message it threw. */
  readonly error?: string;
  /** What it told on the way. */
  readonly log: string;
}

const CALLER = `
const [file, name, args] = process.argv.slice(2);
const withLog = (arg) => (arg && typeof arg === 'object' ? { log: console.error, ...arg } : arg);
import(file)
  .then((module) => module[name](...JSON.parse(args).map(withLog)))
  .then((value) => console.log(JSON.stringify({ value })), (error) => console.log(JSON.stringify({ error: error.message })));
`;

/**
 * Calls a function that `scripts/<file>` exports, in a Node process of its own: those files are ES modules, which the test
 * runner cannot load. Object arguments get a `log` that prints.
 */
export function callModule(file: string, name: string, args: readonly unknown[], cwd?: string): Promise<CallResult> {
  const path = resolvePath(__dirname, '../../scripts', file);
  // The first argument stands where a script's name would: no module takes itself for the command that was called.
  const argv = ['-e', CALLER, 'caller', path, name, JSON.stringify(args)];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, argv, { cwd }, (failure, stdout, stderr) => {
      const answer = failure ? undefined : parseAnswer(stdout);
      if (answer) resolve({ ...answer, log: stderr });
      else reject(new Error(`calling ${name} of ${file} failed: ${stderr}${stdout}`));
    });
  });
}

function parseAnswer(stdout: string): Omit<CallResult, 'log'> | undefined {
  try {
    return JSON.parse(stdout) as Omit<CallResult, 'log'>;
  } catch {
    return undefined;
  }
}
