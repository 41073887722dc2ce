import type { AppError } from '../../domain/errors';
import { remedyFor } from '../../domain/failures/remedies';
import type { Looked } from '../../domain/inspection/facts';
import { red, type Finding } from './check';

type Failed = Pick<Extract<Looked<unknown>, { ok: false }>, 'code' | 'message'>;

/** A look that failed, with what docs/errors.md says of its code. */
export function unreadable(check: string, subject: string, failed: Failed | AppError): Finding {
  const { steps } = remedyFor(failed.code, subject);
  return red([check, subject, `${failed.code}: ${failed.message}`], ...steps);
}
