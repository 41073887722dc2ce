import {
  AccessError,
  ConflictError,
  ContractError,
  InputError,
  NotFoundError,
  ThrottledError,
  UpstreamError,
  type AppError,
} from '../../domain/errors';

/** What is known of an answer that is no success. `path` must hold ids only: it is shown to operators. */
export interface FailedAnswer {
  /** Prefix of the error codes. */
  readonly system: 'DOCEBO' | 'GRAPH' | 'ENTRA';
  readonly method: string;
  readonly path: string;
  /** 0 or -1: no answer at all (network, time-out). */
  readonly status: number;
  /** The system's own error code, never its message: messages may quote personal data. */
  readonly upstreamCode?: string | null;
  readonly requestId?: string | null;
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}

/** The one place where an HTTP status becomes an error class. */
export function toHttpError(answer: FailedAnswer): AppError {
  const { system, method, path, status } = answer;
  const what = `${method} ${path}`;
  const code = (suffix: string): string => `${system}_${suffix}`;
  const context = {
    method,
    path,
    status,
    upstreamCode: answer.upstreamCode ?? null,
    requestId: answer.requestId ?? null,
  };
  const options = (suffix: string) => ({ code: code(suffix), context, cause: answer.cause });
  const told = answer.upstreamCode == null ? `${status}` : `${status} ${answer.upstreamCode}`;

  if (status <= 0) return new UpstreamError(`${system}: no answer to ${what}`, options('UNAVAILABLE'));
  if (status === 429 || (status === 503 && answer.retryAfterMs != null)) {
    const retryAfterMs = answer.retryAfterMs ?? null;
    return new ThrottledError(`${system} asks to wait (${told}) at ${what}`, { ...options('THROTTLED'), retryAfterMs });
  }
  if (status === 401 || status === 403) {
    return new AccessError(`${system} refuses access (${told}) to ${what}`, options('ACCESS'));
  }
  if (status === 404 || status === 410) {
    return new NotFoundError(`${system}: not found (${told}): ${what}`, options('NOT_FOUND'));
  }
  if (status === 409 || status === 412) {
    return new ConflictError(`${system}: conflict (${told}) at ${what}`, options('CONFLICT'));
  }
  if (status >= 500 || status === 408 || status === 423) {
    return new UpstreamError(`${system} failed (${told}) at ${what}`, options('UNAVAILABLE'));
  }
  if (status >= 400) return new InputError(`${system} refuses the request (${told}): ${what}`, options('REFUSED'));
  return new ContractError(`${system} answered ${told} to ${what}, which has no meaning here`, options('CONTRACT'));
}

/** `Retry-After` as milliseconds from now; seconds or an HTTP date; null when absent or unreadable. */
export function parseRetryAfter(value: string | null | undefined, now: Date): number | null {
  if (value == null || value.trim() === '') return null;
  if (/^\d+(\.\d+)?$/.test(value.trim())) return Math.ceil(Number(value) * 1000);
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
