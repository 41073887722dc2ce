import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { AccessError, AppError, InputError, NotFoundError, UpstreamError } from '../../domain/errors';
import { hasWorker } from './has-worker';

/** gRPC status codes. */
const GRPC = {
  cancelled: 1,
  invalidArgument: 3,
  deadlineExceeded: 4,
  notFound: 5,
  permissionDenied: 7,
  failedPrecondition: 9,
  unavailable: 14,
  unauthenticated: 16,
} as const;

/** What went wrong between an operator and Temporal, in words that say what to do; see `Operator` for the codes. */
export async function toOperatorError(client: Client, error: unknown, workflowId: string | null): Promise<AppError> {
  const chain = chainOf(error);
  const own = chain.find((e) => e instanceof AppError);
  if (own instanceof AppError) return own;
  const status = chain.map((e) => (isGrpcServiceError(e) ? (e.code as number) : null)).find((code) => code !== null);
  const details = chain.map((e) => (isGrpcServiceError(e) ? e.details : '')).join(' ');

  if (chain.some((e) => e instanceof Error && e.name === 'NamespaceNotFoundError') || isNamespace(details)) {
    const message = `Temporal has no namespace "${client.options.namespace}". Check temporal.namespace in convoke.yaml, or TEMPORAL_NAMESPACE; the worker creates what it needs in one that exists.`;
    return new UpstreamError(message, { code: 'TEMPORAL_NO_NAMESPACE', cause: error });
  }
  if (chain.some((e) => e instanceof WorkflowNotFoundError) || status === GRPC.notFound) {
    return noWorkflow(workflowId ?? 'workflow', error);
  }
  if (error instanceof WorkflowUpdateFailedError) {
    const message = error.cause?.message ?? 'The workflow refused the request.';
    return new InputError(message, { code: 'INPUT_OPERATOR_REQUEST', cause: error });
  }
  if (status === GRPC.permissionDenied || status === GRPC.unauthenticated) {
    const message =
      'Temporal refuses access: check TEMPORAL_API_KEY or the client certificate, and the rights behind them.';
    return new AccessError(message, { code: 'TEMPORAL_ACCESS', cause: error });
  }
  if (status === GRPC.invalidArgument) {
    const message = `Temporal does not understand the request: ${details.trim()}`;
    return new InputError(message, { code: 'INPUT_QUERY', cause: error });
  }
  const timedOut = error instanceof WorkflowUpdateRPCTimeoutOrCancelledError;
  const silent = [GRPC.cancelled, GRPC.deadlineExceeded, GRPC.failedPrecondition].some((code) => code === status);
  if ((timedOut || silent) && workflowId !== null) return whoIsSilent(client, error, workflowId);
  const message = 'Temporal does not answer. Is it running, and is the address right?';
  return new UpstreamError(message, { code: 'TEMPORAL_UNAVAILABLE', cause: error });
}

export function noWorkflow(workflowId: string, cause?: unknown): NotFoundError {
  const message = `No workflow ${workflowId} runs in Temporal. Is the id right? A session has none before its first webhook or sweep, and after it is over.`;
  return new NotFoundError(message, { code: 'TEMPORAL_NO_WORKFLOW', cause, context: { workflowId } });
}

async function whoIsSilent(client: Client, cause: unknown, workflowId: string): Promise<AppError> {
  const options = { cause, context: { workflowId } };
  if (!(await hasWorker(client))) {
    const message = `No worker of Convoke runs, so that ${workflowId} cannot answer. Its state is safe in Temporal. Start the worker and ask again; what was asked for may still be done then.`;
    return new UpstreamError(message, { ...options, code: 'TEMPORAL_NO_WORKER' });
  }
  const message = `${workflowId} does not answer, and a worker was seen a moment ago. If it runs, the workflow's task may be failing: the worker's log tells why, and so does TemporalReportedProblems in the Web UI. If it has just stopped, start it. What was asked for may still be done.`;
  return new UpstreamError(message, { ...options, code: 'TEMPORAL_NO_ANSWER' });
}

function isNamespace(details: string): boolean {
  return /namespace\b.*\bnot found/i.test(details);
}

function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let e = error; e instanceof Error && chain.length < 10; e = e.cause) chain.push(e);
  return chain;
}
