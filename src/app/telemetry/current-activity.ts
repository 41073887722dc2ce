import { createHash, randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';

/** Calls that one attempt of an activity has made. */
const calls = new WeakMap<Context, number>();

/** Of the attempt under way, for log lines; null outside of activities. */
export function currentActivity(): {
  readonly workflowId?: string;
  readonly runId?: string;
  readonly activity: string;
  readonly activityId: string;
  readonly attempt: number;
} | null {
  const context = running();
  if (context === null) return null;
  const { workflowExecution, activityType, activityId, attempt } = context.info;
  return { ...workflowExecution, activity: activityType, activityId, attempt };
}

/** For log lines: by it the trace is found; nothing where nothing is traced. */
export function traceOf(traceId: () => string | null = () => null): { readonly traceId?: string } {
  const id = traceId();
  return id === null ? {} : { traceId: id };
}

/**
 * A UUID for the next request. Within an activity it follows from run, activity, attempt and the request's number, so that the history
 * alone tells which ids a process sent that was killed before it could log them.
 */
export function nextCallId(): string {
  const context = running();
  if (context === null) return randomUUID();
  const number = (calls.get(context) ?? 0) + 1;
  calls.set(context, number);
  const { workflowExecution, activityId, attempt } = context.info;
  return callId({ runId: workflowExecution?.runId ?? '', activityId, attempt, number });
}

/** A UUID of version 8 (RFC 9562). */
export function callId(of: {
  readonly runId: string;
  readonly activityId: string;
  readonly attempt: number;
  readonly number: number;
}): string {
  const hash = createHash('sha256').update(`${of.runId}/${of.activityId}/${of.attempt}/${of.number}`).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

function running(): Context | null {
  try {
    return Context.current();
  } catch {
    return null;
  }
}
