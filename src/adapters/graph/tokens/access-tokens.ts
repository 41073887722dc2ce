import { ThrottledError, type AppError } from '../../../domain/errors';
import type { Clock } from '../../../domain/ports';

/** Tokens of one account; shared by all its mailboxes. */
export interface AccessTokens {
  /**
   * A token with at least a minute left.
   *
   * @param options.refused the token that Graph answered with 401: it is not given again.
   * @throws AccessError `GRAPH_TOKEN` or `GRAPH_SIGN_IN`, ThrottledError `ENTRA_THROTTLED`, UpstreamError `ENTRA_UNAVAILABLE`.
   */
  get(options?: { readonly refused?: string }): Promise<string>;
  /** Requests sent to the token endpoint. */
  calls(): number;
}

export interface Token {
  readonly text: string;
  readonly expiresAtMs: number;
}

/** Entra wants tokens refreshed when five minutes are left. */
const FRESH_MS = 300_000;
/** With so much left a token still does while Entra is not to be had. */
const USABLE_MS = 60_000;
/** No new try so soon after a failed one: every waiting call would make one. */
const HOLD_OFF_MS = 5_000;

/**
 * What every kind of account needs around MSAL: one request at a time for all callers (MSAL sends one for each), the last good token while Entra
 * is down, and a pause of our own after a failure.
 *
 * @param acquire one request for a token; `isRefused`: not from a cache. Its errors are AppErrors.
 */
export function createTokenKeeper({
  acquire,
  clock,
}: {
  readonly acquire: (isRefused: boolean) => Promise<Token>;
  readonly clock: Clock;
}): AccessTokens['get'] {
  let good: Token | null = null;
  let underWay: Promise<Token> | null = null;
  let failed: { readonly error: AppError; readonly untilMs: number } | null = null;

  async function renew(isRefused: boolean): Promise<Token> {
    const waitMs = failed === null ? 0 : failed.untilMs - clock.now().getTime();
    if (failed !== null && waitMs > 0) throw withWait(failed.error, waitMs);
    try {
      good = await acquire(isRefused);
      failed = null;
      return good;
    } catch (error) {
      throw holdOff(error as AppError);
    }
  }

  function holdOff(error: AppError): AppError {
    const pauseMs = error instanceof ThrottledError ? (error.retryAfterMs ?? HOLD_OFF_MS) : HOLD_OFF_MS;
    failed = { error, untilMs: clock.now().getTime() + pauseMs };
    return withWait(error, pauseMs);
  }

  function left(token: Token): number {
    return token.expiresAtMs - clock.now().getTime();
  }

  return async ({ refused } = {}) => {
    if (good?.text === refused) good = null;
    if (good !== null && left(good) > FRESH_MS) return good.text;
    try {
      underWay ??= renew(refused !== undefined).finally(() => (underWay = null));
      return (await underWay).text;
    } catch (error) {
      if (good !== null && left(good) > USABLE_MS) return good.text;
      throw error;
    }
  };
}

function withWait(error: AppError, retryAfterMs: number): AppError {
  if (!(error instanceof ThrottledError)) return error;
  return new ThrottledError(error.message, { code: error.code, context: error.context, retryAfterMs });
}
