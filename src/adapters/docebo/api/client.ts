import { AppError, ContractError, InvariantError, ThrottledError } from '../../../domain/errors';
import type { CallObserver } from '../../../domain/call-observer';
import type { Clock } from '../../../domain/ports';
import { fetchJson, type Fetch } from '../../http/fetch-json';
import { observedFetch } from '../../http/observed-fetch';
import { CallBudget, DEFAULT_BUDGET, type BudgetLoad, type BudgetSettings, type Priority } from './call-budget';
import { readErrorCode } from './error-body';
import { PAGE_SIZE, readAllPages, type DoceboList, type ListOptions } from './paging';
import type { EndpointName, TenantProfile } from '../profile/profile';
import { createTokenSource, TOKEN_PATH, type DoceboCredentials } from './token';
import { expandTemplate, readVariables } from '../profile/uri-templates';
import { isObject, type JsonObject } from './wire';

/** Variables of an endpoint, as the profile names them. */
export type EndpointIds = Readonly<Record<string, string>>;

export interface DoceboReader {
  /** `data` of a single resource. */
  get(endpoint: EndpointName, ids?: EndpointIds): Promise<JsonObject>;
  /** All pages of a list. */
  list(endpoint: EndpointName, ids?: EndpointIds, options?: ListOptions): Promise<DoceboList>;
  /** Calls made in this piece of work, tokens not counted. */
  spent(): number;
}

/** A call that changes something in Docebo. */
export interface DoceboWrite {
  /** What it is counted as. */
  readonly kind: string;
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query below the base address, encoded; ids only, because errors show the path. */
  readonly url: string;
  /** JSON; null: none is sent. */
  readonly body: unknown;
}

export interface DoceboCaller extends DoceboReader {
  /** Its answer tells nothing but that it was taken. */
  write(call: DoceboWrite): Promise<void>;
  /**
   * JSON at a path that no profile names, as it came.
   *
   * @param url path and query below the base address; errors show the path.
   */
  readAt(kind: string, url: string): Promise<unknown>;
}

export interface DoceboClient {
  /**
   * Calls within the call budget. `calls` are set aside before the first one, so that work that starts also gets on; what is left is given
   * back. Work that needs more draws on the common budget.
   *
   * @throws ThrottledError `DOCEBO_BUDGET | DOCEBO_THROTTLED`; AccessError `DOCEBO_ACCESS | DOCEBO_TOKEN`; NotFoundError
   * `DOCEBO_NOT_FOUND`; InputError `DOCEBO_REFUSED`; UpstreamError `DOCEBO_UNAVAILABLE`; ContractError `DOCEBO_CONTRACT`.
   */
  withCalls<T>(
    want: { readonly calls: number; readonly priority: Priority },
    work: (docebo: DoceboCaller) => Promise<T>,
  ): Promise<T>;
  /** Calls made so far, by endpoint and `token`. */
  calls(): Readonly<Record<string, number>>;
  /** Of the call budget, now. */
  load(): BudgetLoad;
  /** Grows with every new token: what was learnt about the token's user holds for one generation. */
  tokenGeneration(): number;
}

export interface DoceboClientOptions {
  /** `https://acme.docebosaas.com`, with or without a slash at the end. */
  readonly baseUrl: string;
  readonly credentials: DoceboCredentials;
  readonly profile: Pick<TenantProfile, 'endpoints'>;
  readonly clock: Clock;
  readonly fetch?: Fetch;
  readonly budget?: BudgetSettings;
  readonly timeoutMs?: number;
  readonly observer?: CallObserver;
}

const TIMEOUT_MS = 30_000;

type Exchange = Omit<DoceboWrite, 'method'> & { readonly method: string };

/** One request at a time and never a retry but the one with a fresh token: repeating is the activity's business. */
export function createDoceboClient(options: DoceboClientOptions): DoceboClient {
  const { clock, fetch = globalThis.fetch, timeoutMs = TIMEOUT_MS, observer } = options;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const budget = new CallBudget(options.budget ?? DEFAULT_BUDGET, () => clock.now());
  const counts: Record<string, number> = {};
  const count = (kind: string): void => {
    counts[kind] = (counts[kind] ?? 0) + 1;
  };
  const tokens = createTokenSource({
    baseUrl,
    credentials: options.credentials,
    fetch: observedFetch(fetch, observer, { kind: 'token', method: 'POST', path: TOKEN_PATH }),
    clock,
    timeoutMs,
    beforeCall: () => {
      budget.take(1);
      count('token');
    },
  });

  async function send({ kind, method, url, body }: Exchange, token: string): Promise<unknown> {
    count(kind);
    const json = body === null ? null : JSON.stringify(body);
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(json !== null && { 'content-type': 'application/json' }),
    };
    const request = {
      system: 'DOCEBO' as const,
      method,
      url: `${baseUrl}${url}`,
      path: url.replace(/\?.*$/, ''),
      headers,
      timeoutMs,
      ...(json !== null && { body: json }),
    };
    const observed = observedFetch(fetch, observer, { kind, method, path: request.path });
    const answer = await fetchJson(request, { fetch: observed, now: () => clock.now(), readCode: readErrorCode });
    return answer.json;
  }

  /** A token may die before its time (revoked, restarted tenant): one fresh token, then the refusal stands. */
  async function sendWithToken(exchange: Exchange, spend: () => void): Promise<unknown> {
    const token = await tokens.get();
    spend();
    try {
      return await send(exchange, token);
    } catch (error) {
      if (!(error instanceof AppError) || error.context['status'] !== 401) throw error;
      tokens.discard(token);
      const fresh = await tokens.get();
      spend();
      return send(exchange, fresh);
    }
  }

  async function call(exchange: Exchange, spend: () => void): Promise<unknown> {
    try {
      return await sendWithToken(exchange, spend);
    } catch (error) {
      const asked = error instanceof ThrottledError && error.code === 'DOCEBO_THROTTLED' ? error.retryAfterMs : null;
      if (asked !== null) budget.block(asked);
      throw error;
    }
  }

  function toUrl(endpoint: EndpointName, ids: EndpointIds): string {
    const template = options.profile.endpoints[endpoint];
    const told = readVariables(template);
    const missing = 'fault' in told ? [template] : told.variables.filter((name) => ids[name] === undefined);
    if (missing.length > 0) {
      throw new InvariantError(`Endpoint ${endpoint} of the tenant profile needs ${missing.join(', ')}`, {
        code: 'BUG_DOCEBO_ENDPOINT',
      });
    }
    return expandTemplate(template, ids);
  }

  return {
    async withCalls(want, work) {
      budget.take(want.calls, want.priority);
      let left = want.calls;
      let spent = 0;
      const spend = (): void => {
        if (left > 0) left--;
        else budget.take(1, want.priority);
        spent++;
      };
      try {
        return await work({
          async get(endpoint, ids = {}) {
            const url = toUrl(endpoint, ids);
            return toResource(await call(read(endpoint, url), spend), url);
          },
          async write(write) {
            await call(write, spend);
          },
          readAt: (kind, url) => call({ kind, method: 'GET', url, body: null }, spend),
          spent: () => spent,
          async list(endpoint, ids = {}, options = {}) {
            const toPageUrl = (page: number): string =>
              toUrl(endpoint, { ...ids, page: String(page), page_size: String(PAGE_SIZE) });
            const path = toPageUrl(1).replace(/\?.*$/, '');
            return readAllPages((page) => call(read(endpoint, toPageUrl(page)), spend), path, options);
          },
        });
      } finally {
        budget.giveBack(left);
      }
    },
    calls: () => ({ ...counts }),
    load: () => budget.load(),
    tokenGeneration: () => tokens.generation(),
  };
}

function read(endpoint: EndpointName, url: string): Exchange {
  return { kind: endpoint, method: 'GET', url, body: null };
}

function toResource(json: unknown, path: string): JsonObject {
  const data = isObject(json) ? json['data'] : undefined;
  if (isObject(data)) return data;
  throw new ContractError(`DOCEBO answered GET ${path} without an object "data"`, {
    code: 'DOCEBO_CONTRACT',
    context: { path },
  });
}
