import type { AppError } from '../../domain/errors';
import { remedyFor } from '../../domain/failures/remedies';
import type { Looked } from '../../domain/inspection/facts';
import { red, type Finding } from './check';

type Failed = Pick<Extract<Looked<unknown>, { ok: false }>, 'code' | 'message'>;

/** Where the rights of the API's user are set. */
export const DOCEBO_RIGHTS =
  'Docebo: Admin menu > Users > the user of the API credentials > Level: Superadmin. With the client credentials grant: API and SSO > API Credentials > the app > its user.';

/** Clicks that remedies leave to whoever knows the system. */
const CLICKS: Readonly<Record<string, string>> = { DOCEBO_ACCESS: DOCEBO_RIGHTS };

/** A look that failed, with what docs/errors.md says of its code. `more`: commands with what is known here put in. */
export function unreadable(
  check: string,
  subject: string,
  failed: Failed | AppError,
  ...more: readonly string[]
): Finding {
  const { steps } = remedyFor(failed.code, subject);
  const click = CLICKS[failed.code];
  return red(
    [check, subject, `${failed.code}: ${failed.message}`],
    ...steps,
    ...(click === undefined ? [] : [click]),
    ...more,
  );
}
