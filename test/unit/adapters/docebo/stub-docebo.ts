import type { Fetch } from '../../../../src/adapters/http/fetch-json';

export type Body = Readonly<Record<string, unknown>>;
export type StubAnswer = Response | Error | Body;
type Route = StubAnswer | ((request: StubRequest) => StubAnswer | Promise<StubAnswer>);

export interface StubRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: URLSearchParams;
  readonly authorization: string | null;
}

export interface StubDocebo {
  readonly baseUrl: string;
  readonly fetch: Fetch;
  readonly requests: readonly StubRequest[];
  /** `GET /path`: a JSON body for a 200, a whole Response, an Error (no answer), or a function of the request. Unknown routes answer 404. */
  route(name: string, route: Route): void;
  /** How often a route was asked. */
  count(name: string): number;
}

/** Just enough of Docebo on a fetch function. Tokens are `token-1`, `token-2`... and valid for an hour. */
export function stubDocebo(routes: Readonly<Record<string, Route>> = {}): StubDocebo {
  const known = new Map<string, Route>(Object.entries(routes));
  const requests: StubRequest[] = [];
  let tokens = 0;
  const nextToken = (): Body => ({ access_token: `token-${++tokens}`, expires_in: 3600, token_type: 'Bearer' });
  if (!known.has('POST /oauth2/token')) known.set('POST /oauth2/token', nextToken);

  return {
    baseUrl: 'https://acme.example',
    requests,
    route: (name, route) => known.set(name, route),
    count: (name) => requests.filter((r) => `${r.method} ${r.path}` === name).length,
    fetch: async (input, init) => {
      const url = new URL(input);
      const request: StubRequest = {
        method: init?.method ?? 'GET',
        path: url.pathname,
        query: url.searchParams,
        body: new URLSearchParams(init?.body instanceof URLSearchParams ? init.body : ''),
        authorization: new Headers(init?.headers).get('authorization'),
      };
      requests.push(request);
      const route = known.get(`${request.method} ${request.path}`) ?? anError(404);
      const answer = typeof route === 'function' ? await route(request) : route;
      if (answer instanceof Error) throw answer;
      return answer instanceof Response ? answer.clone() : Response.json(answer);
    },
  };
}

/** An error of the API as the Yii framework writes it. */
export function anError(
  status: number,
  message: string | string[] = 'no',
  headers: Record<string, string> = {},
): Response {
  return Response.json({ name: 'Bad Request', message, code: 0, status }, { status, headers });
}

/** One page of a list in Docebo's envelope. */
export function aPage(items: readonly unknown[], envelope: Body = {}): Body {
  const data = { count: items.length, has_more_data: false, total_count: items.length, items, ...envelope };
  return { data, version: '1.0.0', _links: [] };
}

/** A clock that stands still until it is moved. */
export function aClock(at = '2026-05-04T09:00:00.000Z'): { now(): Date; advance(ms: number): void; iso(): string } {
  let nowMs = Date.parse(at);
  return {
    now: () => new Date(nowMs),
    advance: (ms) => void (nowMs += ms),
    iso: () => new Date(nowMs).toISOString(),
  };
}
