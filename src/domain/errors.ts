/**
 * Errors by who can fix them. `code` is stable and is what everything branches on (Temporal's failure type, the HTTP body, the runbook);
 * messages are for people and carry no personal data.
 */
export type ErrorKind =
  'config' | 'input' | 'not-found' | 'conflict' | 'access' | 'throttled' | 'upstream' | 'contract' | 'invariant';

export interface ErrorOptions {
  /** Stable, upper case, prefix of the area: `GRAPH_THROTTLED`. */
  readonly code: string;
  readonly cause?: unknown;
  /** Ids, counts and status codes that help an operator; never secrets, names or addresses. */
  readonly context?: Readonly<Record<string, string | number | boolean | null>>;
}

export abstract class AppError extends Error {
  abstract readonly kind: ErrorKind;
  readonly code: string;
  readonly context: Readonly<Record<string, string | number | boolean | null>>;

  constructor(message: string, options: ErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code;
    this.context = options.context ?? {};
  }
}

/** The operator must fix a setting. Lists all problems at once. */
export class ConfigError extends AppError {
  readonly kind = 'config';
  readonly problems: readonly string[];

  constructor(problems: readonly string[], code = 'CONFIG_INVALID') {
    super(['The configuration is not usable:', ...problems.map((p) => `  - ${p}`)].join('\n'), { code });
    this.problems = problems;
  }
}

/** The caller must fix the request. */
export class InputError extends AppError {
  readonly kind = 'input';
}

/** Gone upstream; the workflow decides what that means. */
export class NotFoundError extends AppError {
  readonly kind = 'not-found';
}

/** A stale etag or a duplicate: re-read, merge, try again. */
export class ConflictError extends AppError {
  readonly kind = 'conflict';
}

/** 401 after one fresh token, or 403: an administrator of that system must act. */
export class AccessError extends AppError {
  readonly kind = 'access';
}

/** The other side asks us to wait. */
export class ThrottledError extends AppError {
  readonly kind = 'throttled';
  readonly retryAfterMs: number | null;

  constructor(message: string, options: ErrorOptions & { readonly retryAfterMs: number | null }) {
    super(message, options);
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** 5xx, timeout, network: the outcome of a write is unknown. */
export class UpstreamError extends AppError {
  readonly kind = 'upstream';
}

/** An answer that does not parse: they changed, or we are wrong. */
export class ContractError extends AppError {
  readonly kind = 'contract';
}

/** Our own bug. */
export class InvariantError extends AppError {
  readonly kind = 'invariant';
}
