import { AppError } from '../../domain/errors';

/** Docebo asks to wait, is not to be reached, or the hour's calls are used up: every further call would fare the same. */
export function stopsSweep(error: unknown): error is AppError {
  return error instanceof AppError && (error.kind === 'throttled' || error.kind === 'upstream');
}
