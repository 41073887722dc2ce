import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { Client, GraphError, HTTPMessageHandler, ResponseType } from '@microsoft/microsoft-graph-client';
import { ContractError, ThrottledError } from '../../domain/errors';
import type { CallObserver } from '../../domain/call-observer';
import type { MailboxKey } from '../../domain/model';
import type { Clock } from '../../domain/ports';
import { parseRetryAfter } from '../http/to-http-error';
import { errorCodeOf, parseBody, type RawAnswer } from './graph-answer';
import { toGraphError } from './graph-error';
import { MailboxLimits, type MailboxLoad, type MailboxQuota } from './mailbox-limits';
import type { AccessTokens } from './tokens/access-tokens';

/** Several preferences must stand in one header: the library keeps only the last one of a name. */
const PREFER = 'IdType="ImmutableId", outlook.timezone="UTC", outlook.body-content-type="html"';
const VERSION = 'v1.0';
const TIMEOUT_MS = 25_000;

/** One request inside a mailbox. */
export interface GraphRequest {
  /** What it is counted as. */
  readonly kind: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the mailbox, encoded, without query: `/events/AAMk...`. */
  readonly path: string;
  /** Encoded. */
  readonly query?: string;
  /** A link of Graph's to fetch instead of path and query: as it came, or as `belowVersion` made it. */
  readonly link?: string;
  /** Items a page, for lists that take no `$top`. */
  readonly maxPageSize?: number;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly ifMatch?: string;
  /** Error codes of Graph that the caller handles: their answers are returned, not thrown. */
  readonly expects?: readonly string[];
}

export interface GraphAnswer {
  /** One of `expects`, else null: a success. */
  readonly errorCode: string | null;
  /** undefined when the answer has no body. */
  readonly json: unknown;
}

/** Graph, for one mailbox. */
export interface GraphMailbox {
  readonly mailbox: MailboxKey;
  /** The mailbox in paths: `/users/...` or `/me`. */
  readonly root: string;
  /** One request; only a 401 is repeated, once, with a fresh token. Throws `GRAPH_*` errors, and `ENTRA_*` while there is no token. */
  send(request: GraphRequest): Promise<GraphAnswer>;
  /**
   * Path and query of a link of Graph's, below base address and version: fit to be kept.
   *
   * @throws ContractError `GRAPH_CONTRACT` the link points elsewhere.
   */
  belowVersion(link: string): string;
  /** Requests sent so far, by kind. */
  calls(): Readonly<Record<string, number>>;
  /** Of the mailbox's limits, now. */
  load(): MailboxLoad;
}

export interface GraphMailboxOptions {
  readonly mailbox: MailboxKey;
  /** From `mailboxRoot`. */
  readonly root: string;
  /** What stands before `/v1.0`, e.g. `https://graph.microsoft.com`. */
  readonly baseUrl: string;
  readonly tokens: AccessTokens;
  readonly clock: Clock;
  /**
   * Asked right before each request, where other processes may serve the mailbox: throws when this one does not, and ends the request when
   * it does no longer. null: no other can.
   */
  readonly enter?: () => AbortSignal | null;
  readonly quota?: MailboxQuota;
  readonly timeoutMs?: number;
  readonly observer?: CallObserver;
}

/** The one place that says how a mailbox is named in a path: by address or id, or as the token's own (null). */
export function mailboxRoot(user: string | null): string {
  return user === null ? '/me' : `/users/${encodeURIComponent(user)}`;
}

/** For messages: the mailbox's key stands for its address. */
export function pathForPeople(mailbox: MailboxKey, request: Pick<GraphRequest, 'path'>): string {
  return `/users/${mailbox}${request.path}`;
}

/**
 * The Graph client library with nothing but its last handler: its retry handler repeats POSTs by itself, and its authentication handler
 * leaves the token off for hosts that it does not know.
 */
export function createGraphMailbox(options: GraphMailboxOptions): GraphMailbox {
  const { mailbox, root, tokens, clock, enter = () => null, timeoutMs = TIMEOUT_MS, observer } = options;
  const base = options.baseUrl.replace(/\/+$/, '');
  const client = Client.initWithMiddleware({
    middleware: new HTTPMessageHandler(),
    baseUrl: `${base}/`,
    defaultVersion: VERSION,
  });
  const limits = new MailboxLimits(mailbox, clock, options.quota);
  const counts = new Map<string, number>();

  async function send(request: GraphRequest): Promise<GraphAnswer> {
    const token = await tokens.get();
    const answer = await limits.run(() => exchange(request, token));
    if (answer.status !== 401) return settle(request, answer);
    const fresh = await tokens.get({ refused: token });
    return settle(request, await limits.run(() => exchange(request, fresh)));
  }

  async function exchange(request: GraphRequest, token: string): Promise<RawAnswer> {
    const { kind, method, body, ifMatch } = request;
    const lost = enter();
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const limit = withTimeout(timeoutMs, lost);
    const clientRequestId = observer?.nextCallId() ?? randomUUID();
    const startedMs = performance.now();
    const told = (status: number, requestId: string | null): void =>
      observer?.called({
        kind,
        method,
        path: pathForPeople(mailbox, request),
        status,
        durationMs: performance.now() - startedMs,
        clientRequestId,
        requestId,
      });
    const call = client
      .api(address(request))
      .responseType(ResponseType.RAW)
      .options({ signal: limit.signal, redirect: 'manual' })
      .headers({
        Authorization: `Bearer ${token}`,
        Prefer: request.maxPageSize === undefined ? PREFER : `${PREFER}, odata.maxpagesize=${request.maxPageSize}`,
        'client-request-id': clientRequestId,
        ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
      });
    try {
      const answer = (await {
        GET: () => call.get(),
        POST: () => call.post(body),
        PATCH: () => call.patch(body),
        DELETE: () => call.delete(),
      }[method]()) as Response;
      // Still in the slot and under the time limit: a request is over when its body is there.
      const text = await answer.text();
      told(answer.status, answer.headers.get('request-id'));
      return { status: answer.status, headers: answer.headers, text };
    } catch (cause) {
      told(0, null);
      const upstreamCode = limit.signal.aborted ? 'TimeoutError' : cause instanceof GraphError ? cause.code : null;
      throw toGraphError({ method, path: pathForPeople(mailbox, request), status: 0, upstreamCode, cause });
    } finally {
      limit.clear();
    }
  }

  function settle(request: GraphRequest, answer: RawAnswer): GraphAnswer {
    const { status, headers } = answer;
    const parsed = parseBody(answer.text);
    const context = { method: request.method, path: pathForPeople(mailbox, request), status };
    const requestId = headers.get('request-id');
    if (status >= 200 && status < 300) {
      limits.served();
      if (parsed.ok) return { errorCode: null, json: parsed.json };
      throw new ContractError(`Graph answered ${context.method} ${context.path} with something that is no JSON`, {
        code: 'GRAPH_CONTRACT',
        context: { ...context, requestId },
      });
    }
    const upstreamCode = errorCodeOf(parsed);
    if (upstreamCode !== null && parsed.ok && request.expects?.includes(upstreamCode)) {
      return { errorCode: upstreamCode, json: parsed.json };
    }
    const retryAfterMs = parseRetryAfter(headers.get('retry-after'), clock.now());
    const error = toGraphError({ ...context, upstreamCode, requestId, retryAfterMs });
    if (!(error instanceof ThrottledError)) throw error;
    const pauseMs = limits.pause(retryAfterMs);
    throw new ThrottledError(error.message, { code: error.code, context: error.context, retryAfterMs: pauseMs });
  }

  function address(request: GraphRequest): string {
    if (request.link !== undefined) return belowVersion(request.link, request.path);
    return `${root}${request.path}${request.query === undefined ? '' : `?${request.query}`}`;
  }

  /** A link that points elsewhere would carry the token there; and the library cannot follow `http://` links. */
  function belowVersion(link: string, path = ''): string {
    const ours = `${base}/${VERSION}/`;
    const below = link.toLowerCase().startsWith(ours.toLowerCase()) ? `/${link.slice(ours.length)}` : link;
    // The library takes a host out of any place of a path.
    if (/^\/(?!\/)/.test(below) && !below.toLowerCase().includes('https://')) return below;
    throw new ContractError(
      `Graph's next page of ${pathForPeople(mailbox, { path })} is at another address than ${ours}: check the Graph base URL`,
      { code: 'GRAPH_CONTRACT', context: { mailbox } },
    );
  }

  return {
    mailbox,
    root,
    send,
    belowVersion: (link) => belowVersion(link),
    calls: () => Object.fromEntries(counts),
    load: () => limits.load(),
  };
}

/** `AbortSignal.any` would keep something of every request for as long as the other signal lives. */
function withTimeout(timeoutMs: number, other: AbortSignal | null): { readonly signal: AbortSignal; clear(): void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  const timer = setTimeout(abort, timeoutMs).unref();
  other?.addEventListener('abort', abort, { once: true });
  if (other?.aborted === true) abort();
  return {
    signal: controller.signal,
    clear() {
      clearTimeout(timer);
      other?.removeEventListener('abort', abort);
    },
  };
}
