import { isGrpcServiceError } from '@temporalio/client';
import { UpstreamError, type AppError } from '../domain/errors';

/** gRPC status INVALID_ARGUMENT. */
const INVALID_ARGUMENT = 3;

/**
 * `TEMPORAL_SIGNAL_LIMIT`: the run holds 10,000 signals; it takes more after its roll-over, for which a worker must live.
 * `TEMPORAL_UNAVAILABLE`: anything else; the signal may or may not be stored.
 */
export function toTemporalError(error: unknown): AppError {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (isGrpcServiceError(cause)) {
    // The server has no code of its own for this one (consts.ErrSignalsLimitExceeded is an InvalidArgument).
    const full = (cause.code as number) === INVALID_ARGUMENT && /limit for signal events/.test(cause.details);
    if (full) {
      const message = 'The workflow holds as many signals as Temporal allows in one run. Is a worker running?';
      return new UpstreamError(message, { code: 'TEMPORAL_SIGNAL_LIMIT', cause: error });
    }
    return new UpstreamError(`Temporal did not take the signal (gRPC status ${cause.code})`, {
      code: 'TEMPORAL_UNAVAILABLE',
      context: { grpcStatus: cause.code },
      cause: error,
    });
  }
  return new UpstreamError('Temporal did not take the signal', { code: 'TEMPORAL_UNAVAILABLE', cause: error });
}
