import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { AppError, ThrottledError } from '../domain/errors';

/**
 * The one translation of our errors into Temporal's: `type` is the stable code, and the kind decides whether another attempt can help.
 * Anything that is no AppError is a bug of ours: no attempt helps until it is mended.
 */
export function toApplicationFailure(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  if (!(error instanceof AppError)) {
    const name = error instanceof Error ? error.name : typeof error;
    // The text of an unforeseen error may quote what it choked on.
    return ApplicationFailure.create({
      message: `Unforeseen ${name} in an activity; the worker's log has the stack`,
      type: 'BUG_UNFORESEEN',
      nonRetryable: true,
    });
  }
  const common = { message: error.message, type: error.code, details: [error.context] };
  switch (error.kind) {
    case 'throttled': {
      const wait = error instanceof ThrottledError ? error.retryAfterMs : null;
      return ApplicationFailure.create({
        ...common,
        category: ApplicationFailureCategory.BENIGN,
        ...(wait !== null && { nextRetryDelay: wait }),
      });
    }
    case 'upstream':
      return ApplicationFailure.create(common);
    case 'not-found':
    case 'conflict':
      return ApplicationFailure.create({ ...common, nonRetryable: true, category: ApplicationFailureCategory.BENIGN });
    case 'config':
    case 'input':
    case 'access':
    case 'contract':
    case 'invariant':
      return ApplicationFailure.create({ ...common, nonRetryable: true });
  }
}
