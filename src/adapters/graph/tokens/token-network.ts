import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import type { Clock } from '../../../domain/ports';
import type { Fetch } from '../../http/fetch-json';
import { parseRetryAfter } from '../../http/to-http-error';

const TIMEOUT_MS = 10_000;

/** What the token endpoint last answered. MSAL's errors drop it, and mix it up with refusals of MSAL's own. */
export interface TokenAnswer {
  /** 0: no answer at all. */
  readonly status: number;
  readonly retryAfterMs: number | null;
  readonly isJson: boolean;
  readonly cause?: unknown;
}

export interface TokenNetwork {
  readonly module: INetworkModule;
  /** null: nothing was asked since `forget`. */
  lastAnswer(): TokenAnswer | null;
  forget(): void;
  /** Requests so far. */
  calls(): number;
}

/** MSAL's way out, with a time limit (MSAL has none for POST: a hung endpoint would hang every caller) and with a memory of one answer. */
export function createTokenNetwork(options: {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly timeoutMs?: number;
}): TokenNetwork {
  let last: TokenAnswer | null = null;
  let calls = 0;

  async function exchange<T>(
    method: 'GET' | 'POST',
    url: string,
    request: NetworkRequestOptions | undefined,
  ): Promise<NetworkResponse<T>> {
    last = { status: 0, retryAfterMs: null, isJson: false };
    calls++;
    try {
      const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
      const answer = await options.fetch(url, { method, headers: request?.headers, body: request?.body, signal });
      const retryAfterMs = parseRetryAfter(answer.headers.get('retry-after'), options.clock.now());
      last = { status: answer.status, retryAfterMs, isJson: false };
      const body = JSON.parse(await answer.text()) as T;
      last = { ...last, isJson: true };
      return { headers: Object.fromEntries(answer.headers), body, status: answer.status };
    } catch (cause) {
      last = { ...last, cause };
      throw cause;
    }
  }

  return {
    module: {
      sendGetRequestAsync: (url, request) => exchange('GET', url, request),
      sendPostRequestAsync: (url, request) => exchange('POST', url, request),
    },
    lastAnswer: () => last,
    calls: () => calls,
    forget: () => {
      last = null;
    },
  };
}
