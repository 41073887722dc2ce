import type { OperatorAnswer, OperatorRequest } from '../contract/messages';
import { AppError } from '../domain/errors';
import type { SessionRef } from '../domain/model';
import type { Operator } from './open-operator';

/** Has a session look into Docebo and through the calendar; one without a workflow gets one. Errors: the operator's. */
export async function resyncOrStart(
  operator: Pick<Operator, 'resync' | 'start'>,
  ref: SessionRef,
  request: OperatorRequest,
): Promise<OperatorAnswer> {
  try {
    return await operator.resync(ref, request);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'TEMPORAL_NO_WORKFLOW') throw error;
    return operator.start(ref);
  }
}
