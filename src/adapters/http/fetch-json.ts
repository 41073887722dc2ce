import { ContractError } from '../../domain/errors';
import { parseRetryAfter, toHttpError, type FailedAnswer } from './to-http-error';

export interface JsonRequest {
  readonly system: FailedAnswer['system'];
  readonly method: string;
  readonly url: string;
  /** For error messages: path with ids only, without query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** undefined when the answer has no body. */
  readonly json: unknown;
}

export type Fetch = typeof globalThis.fetch;

/**
 * One request with a time limit that covers the body too. Answers of any status below 400 come back parsed;
 * the others throw by `toHttpError`, with `upstreamCode` from `readCode`.
 *
 * @throws UpstreamError no answer in time; ContractError the body of a success is no JSON; else by status.
 */
export async function fetchJson(
  request: JsonRequest,
  options: { readonly fetch: Fetch; readonly now: () => Date; readonly readCode?: (json: unknown) => string | null },
): Promise<JsonAnswer> {
  const { system, method, path } = request;
  const limit = AbortSignal.timeout(request.timeoutMs);
  const signal = request.signal === undefined ? limit : AbortSignal.any([limit, request.signal]);
  let answer: Response;
  let text: string;
  try {
    answer = await options.fetch(request.url, { method, headers: request.headers, body: request.body, signal });
    text = await answer.text();
  } catch (cause) {
    throw toHttpError({ system, method, path, status: 0, cause });
  }
  const json = parse(text);
  if (answer.status >= 400) {
    throw toHttpError({
      system,
      method,
      path,
      status: answer.status,
      upstreamCode: json.ok ? (options.readCode?.(json.value) ?? null) : null,
      requestId: answer.headers.get('request-id'),
      retryAfterMs: parseRetryAfter(answer.headers.get('retry-after'), options.now()),
    });
  }
  if (!json.ok) {
    throw new ContractError(`${system} answered ${method} ${path} with something that is no JSON`, {
      code: `${system}_CONTRACT`,
      context: { method, path, status: answer.status },
    });
  }
  return { status: answer.status, headers: answer.headers, json: json.value };
}

function parse(text: string): { ok: true; value: unknown } | { ok: false } {
  if (text === '') return { ok: true, value: undefined };
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false };
  }
}
