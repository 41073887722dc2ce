import { AppError, ConfigError } from '../domain/errors';
import { REMEDIES } from '../domain/failures/remedies';
import { EXIT, exitCodeOf, type ExitCode } from './exit-codes';
import type { Io } from './io';
import { paint } from './table';

/** Says what went wrong and what to do about it; answers the exit code. With `json` on standard output, as `{v, error}`. */
export function presentError(io: Io, error: unknown, json: boolean): ExitCode {
  const { code, message, steps, exit } = explain(error);
  if (json) {
    io.out(`${JSON.stringify({ v: 1, error: { code, message, steps } }, null, 2)}\n`);
    return exit;
  }
  const lines = [`${paint(io, code, 'red')}: ${message}`, ...steps.map((step) => `  - ${step}`)];
  io.err(`${lines.join('\n')}\n`);
  return exit;
}

interface Explained {
  readonly code: string;
  readonly message: string;
  readonly steps: readonly string[];
  readonly exit: ExitCode;
}

function explain(error: unknown): Explained {
  if (error instanceof ConfigError) {
    return { code: error.code, message: 'The configuration is not usable:', steps: error.problems, exit: EXIT.usage };
  }
  if (error instanceof AppError) {
    const { code, message, kind } = error;
    const steps = Object.hasOwn(REMEDIES, code) ? (REMEDIES[code]?.steps ?? []) : [];
    return { code, message, steps, exit: exitCodeOf(kind) };
  }
  const name = error instanceof Error ? error.name : typeof error;
  const message = `Convoke met an error that it does not know (${name}).`;
  // A message of somebody else's may quote what it choked on; the stack does not.
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  const where = frames.slice(0, 5).map((line) => line.trim());
  return {
    code: 'BUG_UNFORESEEN',
    message,
    steps: [...where, "Report it to Convoke's maintainers."],
    exit: EXIT.wrong,
  };
}
