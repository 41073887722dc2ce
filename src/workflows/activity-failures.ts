import { ActivityFailure, ApplicationFailure, TimeoutFailure, isCancellation } from '@temporalio/workflow';

/** What the session remembers of an activity that gave up. Anything that is no activity failure is a bug or a cancellation and goes on up. */
export function explainActivityFailure(error: unknown): { readonly code: string; readonly message: string } {
  if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
  const { cause } = error;
  if (cause instanceof ApplicationFailure) return { code: cause.type ?? 'UNKNOWN', message: cause.message };
  if (cause instanceof TimeoutFailure) {
    const last = cause.cause;
    if (last instanceof ApplicationFailure) return { code: last.type ?? 'UNKNOWN', message: last.message };
    return { code: 'ACTIVITY_TIMEOUT', message: `${error.activityType} gave no answer in time` };
  }
  return { code: 'UNKNOWN', message: `${error.activityType} failed` };
}
