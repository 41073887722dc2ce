import type { ErrorKind } from '../domain/errors';

/** What a script may branch on; docs/cli.md lists them. Never renumbered. */
export const EXIT = {
  fine: 0,
  /** It found something wrong, or part of what was asked for failed. */
  wrong: 1,
  /** The command, a setting or a variable must be corrected. */
  usage: 2,
  /** Temporal, a worker or another system does not answer. */
  unreachable: 3,
  /** There is no such session, workflow or event. */
  notFound: 4,
  /** The question was not answered with yes: nothing was done. */
  notConfirmed: 5,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export function exitCodeOf(kind: ErrorKind): ExitCode {
  switch (kind) {
    case 'config':
    case 'input':
      return EXIT.usage;
    case 'not-found':
      return EXIT.notFound;
    case 'access':
    case 'throttled':
    case 'upstream':
      return EXIT.unreachable;
    case 'conflict':
    case 'contract':
    case 'invariant':
      return EXIT.wrong;
  }
}
