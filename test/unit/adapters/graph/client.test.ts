import {
  createGraphMailbox,
  mailboxRoot,
  type GraphMailbox,
  type GraphRequest,
} from '../../../../src/adapters/graph/client';
import { listAll } from '../../../../src/adapters/graph/list-all';
import { UpstreamError, type AppError } from '../../../../src/domain/errors';
import { ManualClock, StubServer, rejection, type StubAnswer } from './stub-server';

const ADDRESS = 'training@academy.example';
const getEvent: GraphRequest = { kind: 'get', method: 'GET', path: '/events/AAMk1' };

let stub: StubServer;
let clock: ManualClock;
beforeEach(async () => {
  stub = await StubServer.start();
  clock = new ManualClock();
});
afterEach(() => stub.stop());

function mailbox(
  over: { timeoutMs?: number; tokens?: string[]; baseUrl?: string; enter?: () => AbortSignal | null } = {},
): GraphMailbox {
  const given = [...(over.tokens ?? ['T1'])];
  return createGraphMailbox({
    mailbox: 'training',
    root: mailboxRoot(ADDRESS),
    baseUrl: over.baseUrl ?? stub.origin,
    tokens: { get: () => Promise.resolve(given.length > 1 ? given.shift()! : given[0]!), calls: () => 0 },
    clock,
    enter: over.enter,
    timeoutMs: over.timeoutMs,
  });
}

function failure(status: number, code: string, headers: Record<string, string> = {}): StubAnswer {
  const body = { error: { code, message: `about ${ADDRESS}`, innerError: { 'request-id': 'r-1' } } };
  return { status, headers: { 'request-id': 'r-1', ...headers }, body };
}

async function refused(answer: StubAnswer, request = getEvent): Promise<AppError> {
  stub.answer(answer);
  return rejection<AppError>(mailbox().send(request));
}

describe('a request to Graph', () => {
  it('carries token, one joined Prefer header, an id of its own, and the etag', async () => {
    stub.answer({ body: { id: 'AAMk1' } }, { body: {} });
    const graph = mailbox();

    await graph.send(getEvent);
    await graph.send({ kind: 'update', method: 'PATCH', path: '/events/AAMk1', body: { a: 1 }, ifMatch: 'W/"1"' });

    const [get, patch] = stub.seen;
    expect(get).toMatchObject({ method: 'GET', url: '/v1.0/users/training%40academy.example/events/AAMk1' });
    expect(get?.headers).toMatchObject({
      authorization: 'Bearer T1',
      prefer: 'IdType="ImmutableId", outlook.timezone="UTC", outlook.body-content-type="html"',
      'client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
    expect(get?.headers['if-match']).toBeUndefined();
    expect(patch?.headers['if-match']).toBe('W/"1"');
    expect(patch?.headers['client-request-id']).not.toBe(get?.headers['client-request-id']);
    expect(patch?.body).toBe('{"a":1}');
  });

  it('sends query text as it was encoded', async () => {
    const filter = encodeURIComponent("Any(ep: ep/id eq 'String {x} Name Y' and ep/value eq 'a&b=c+d#e')");
    stub.answer({});

    await mailbox().send({ ...getEvent, query: `$filter=${filter}&$top=50` });

    const query = new URL(stub.seen[0]?.url ?? '', stub.origin).searchParams;
    expect(query.get('$filter')).toBe("Any(ep: ep/id eq 'String {x} Name Y' and ep/value eq 'a&b=c+d#e')");
  });

  it('speaks for the token’s own mailbox under /me', () => {
    expect(mailboxRoot(null)).toBe('/me');
  });

  it('asks for a page size in the same Prefer header, and deletes', async () => {
    stub.answer({ body: { value: [] } }, { status: 204, body: '' });

    await mailbox().send({ kind: 'delta', method: 'GET', path: '/calendarView/delta', maxPageSize: 200 });
    await mailbox().send({ kind: 'clear', method: 'DELETE', path: '/messages/AAMk2' });

    expect(stub.seen[0]?.headers.prefer).toBe(
      'IdType="ImmutableId", outlook.timezone="UTC", outlook.body-content-type="html", odata.maxpagesize=200',
    );
    expect(stub.seen[1]).toMatchObject({
      method: 'DELETE',
      url: '/v1.0/users/training%40academy.example/messages/AAMk2',
    });
  });

  it('follows a link that was kept as path and query, below the same base address only', async () => {
    stub.answer({ body: { value: [] } });
    const graph = mailbox();
    const kept = graph.belowVersion(`${stub.origin.toUpperCase()}/v1.0/users/x/calendarView/delta?$deltatoken=a%3D=`);

    await graph.send({ kind: 'delta', method: 'GET', path: '/calendarView/delta', link: kept });

    expect(kept).toBe('/users/x/calendarView/delta?$deltatoken=a%3D=');
    expect(stub.seen[0]?.url).toBe('/v1.0/users/x/calendarView/delta?$deltatoken=a%3D=');
    for (const link of ['//evil.example/x', 'https://evil.example/v1.0/x', '/x?a=https://evil.example/v1.0/y', 'x']) {
      expect(() => graph.belowVersion(link)).toThrow(/is at another address than/);
    }
  });

  it('is counted by its kind', async () => {
    stub.answer({}, {}, {});
    const graph = mailbox();
    for (const kind of ['get', 'get', 'find']) await graph.send({ ...getEvent, kind });

    expect(graph.calls()).toEqual({ get: 2, find: 1 });
  });

  it.each([202, 204])('is done when it is answered %i without a body', async (status) => {
    stub.answer({ status, body: '' });

    await expect(mailbox().send({ ...getEvent, method: 'POST', body: {} })).resolves.toMatchObject({ json: undefined });
  });

  it('is repeated once, with a fresh token, after a 401', async () => {
    stub.answer(failure(401, 'InvalidAuthenticationToken'), { body: { id: 'AAMk1' } });

    await expect(mailbox({ tokens: ['T1', 'T2'] }).send(getEvent)).resolves.toMatchObject({ json: { id: 'AAMk1' } });
    expect(stub.seen.map((s) => s.headers.authorization)).toEqual(['Bearer T1', 'Bearer T2']);
  });

  it('is never repeated otherwise: the library’s own retries are out', async () => {
    for (const status of [429, 500, 503, 504]) stub.answer(failure(status, 'X'));
    for (let n = 0; n < 4; n++) {
      await rejection(mailbox().send({ ...getEvent, method: 'POST', body: {} }));
    }

    expect(stub.seen).toHaveLength(4);
  });
});

describe('a failed answer of Graph', () => {
  it.each([
    ['GET', '/events/AAMk1', 'Calendars.ReadWrite for'],
    ['GET', '/mailFolders/inbox/messages/delta', 'Mail.Read (Mail.ReadWrite if responses'],
    ['DELETE', '/messages/AAMk2', 'Mail.ReadWrite for'],
  ] as const)('403 to %s %s names the right that is missing', async (method, path, right) => {
    const error = await refused(failure(403, 'ErrorAccessDenied'), { kind: 'x', method, path });

    expect([error.code, error.message]).toEqual(['GRAPH_ACCESS', expect.stringContaining(`Grant the app ${right}`)]);
  });

  it.each<[string, StubAnswer, string, string, RegExp]>([
    [
      'a second 401',
      failure(401, 'InvalidAuthenticationToken'),
      'access',
      'GRAPH_ACCESS',
      /refuses the app's token.*tenant/,
    ],
    [
      '403',
      failure(403, 'ErrorAccessDenied'),
      'access',
      'GRAPH_ACCESS',
      /Grant the app Calendars\.ReadWrite.*up to 2 hours/,
    ],
    [
      '404 of the item',
      failure(404, 'ErrorItemNotFound'),
      'not-found',
      'GRAPH_NOT_FOUND',
      /not found \(404 ErrorItemNotFound\)/,
    ],
    [
      '404 of the mailbox',
      failure(404, 'MailboxNotEnabledForRESTAPI'),
      'access',
      'GRAPH_ACCESS',
      /does not serve the mailbox.*licence/,
    ],
    ['404 of the user', failure(404, 'ErrorInvalidUser'), 'access', 'GRAPH_ACCESS', /check its address/],
    ['404 of a proxy', { status: 404, body: '<html>' }, 'contract', 'GRAPH_CONTRACT', /check the Graph base URL/],
    [
      '412',
      failure(412, 'ErrorIrresolvableConflict'),
      'conflict',
      'GRAPH_CONFLICT',
      /conflict \(412 ErrorIrresolvableConflict\)/,
    ],
    [
      '409 ConcurrentItemSave',
      failure(409, 'ConcurrentItemSave'),
      'upstream',
      'GRAPH_UNAVAILABLE',
      /may have been saved/,
    ],
    [
      '503 ConcurrentItemSave',
      failure(503, 'ConcurrentItemSave', { 'retry-after': '1' }),
      'upstream',
      'GRAPH_UNAVAILABLE',
      /may have been saved/,
    ],
    [
      '400',
      failure(400, 'ErrorPropertyValidationFailure'),
      'input',
      'GRAPH_REFUSED',
      /refuses the request \(400 ErrorPropertyValidationFailure\)/,
    ],
    [
      '400 of Deleted Items',
      failure(400, 'ErrorCalendarCannotUpdateDeletedItem'),
      'not-found',
      'GRAPH_NOT_FOUND',
      /Deleted Items/,
    ],
    [
      '500',
      failure(500, 'ErrorInternalServerTransientError'),
      'upstream',
      'GRAPH_UNAVAILABLE',
      /failed \(500 ErrorInternalServerTransientError\)/,
    ],
    ['504 without JSON', { status: 504, body: '<html>' }, 'upstream', 'GRAPH_UNAVAILABLE', /failed \(504\)/],
    ['507', failure(507, 'ErrorQuotaExceeded'), 'access', 'GRAPH_ACCESS', /mailbox is full/],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://127.0.0.1:9/' } },
      'contract',
      'GRAPH_CONTRACT',
      /has no meaning here/,
    ],
    [
      'a reset',
      { does: 'reset' },
      'upstream',
      'GRAPH_UNAVAILABLE',
      /no answer to GET \/users\/training\/events\/AAMk1/,
    ],
    ['no JSON', { body: '<html>' }, 'contract', 'GRAPH_CONTRACT', /something that is no JSON/],
  ])('%s', async (_what, answer, kind, code, message) => {
    // The repetition after a 401 gets the same answer.
    stub.answer(answer);
    const error = await refused(answer);

    expect(error).toMatchObject({ kind, code });
    expect(error.message).toMatch(message);
    expect(error.message + JSON.stringify(error.context)).not.toContain('academy.example');
  });

  it('tells request id and code for Microsoft’s support', async () => {
    const error = await refused(failure(500, 'ErrorInternalServerError'));

    expect(error.context).toMatchObject({ requestId: 'r-1', upstreamCode: 'ErrorInternalServerError', status: 500 });
  });

  it('is an outage when it does not come in time', async () => {
    stub.answer({ does: 'hang' });

    const error = await rejection<AppError>(mailbox({ timeoutMs: 50 }).send(getEvent));

    expect(error).toMatchObject({ kind: 'upstream', code: 'GRAPH_UNAVAILABLE' });
    expect(error.context.upstreamCode).toBe('TimeoutError');
  });

  it('is handed to a caller who expects its code, whatever its status', async () => {
    const body = { error: { code: 'ErrorDuplicateTransactionId', '@event.existingEventId': 'AAMk9' } };
    for (const status of [400, 409]) {
      stub.answer({ status, body });
      await expect(mailbox().send({ ...getEvent, expects: ['ErrorDuplicateTransactionId'] })).resolves.toEqual({
        errorCode: 'ErrorDuplicateTransactionId',
        json: body,
      });
    }
  });

  it.each<[string, StubAnswer, number]>([
    ['429 with Retry-After', failure(429, 'ApplicationThrottled', { 'retry-after': '7' }), 7_000],
    [
      '429 with a date',
      failure(429, 'ApplicationThrottled', { 'retry-after': 'Fri, 01 May 2026 08:00:20 GMT' }),
      20_000,
    ],
    ['429 without Retry-After', failure(429, 'UnknownError'), 2_000],
    ['503 with Retry-After', failure(503, 'ServiceUnavailable', { 'retry-after': '9' }), 9_000],
  ])('%s pauses the whole mailbox', async (_what, answer, retryAfterMs) => {
    stub.answer(answer, { body: { id: 'AAMk1' } });
    const graph = mailbox();

    await expect(rejection(graph.send(getEvent))).resolves.toMatchObject({ code: 'GRAPH_THROTTLED', retryAfterMs });
    await expect(rejection(graph.send(getEvent))).resolves.toMatchObject({ code: 'GRAPH_THROTTLED', retryAfterMs });
    expect(stub.seen).toHaveLength(1);

    clock.advance(retryAfterMs);
    await expect(graph.send(getEvent)).resolves.toMatchObject({ json: { id: 'AAMk1' } });
  });
});

describe('a list in pages', () => {
  const list: GraphRequest = { kind: 'find', method: 'GET', path: '/events', query: '$top=2' };

  it('is read to its end, by the links as they are', async () => {
    stub.answer(
      { body: { value: [1, 2], '@odata.nextLink': `${stub.origin}/v1.0/users('id')/events?$top=2&$skiptoken=a%2Bb` } },
      { body: { value: [], '@odata.nextLink': `${stub.origin}/v1.0/users('id')/events?$top=2&$skiptoken=c` } },
      { body: { value: [3] } },
    );

    await expect(listAll(mailbox(), list)).resolves.toEqual([1, 2, 3]);
    expect(stub.seen[1]?.url).toBe("/v1.0/users('id')/events?$top=2&$skiptoken=a%2Bb");
  });

  it('does not take the token to another host', async () => {
    stub.answer({ body: { value: [1], '@odata.nextLink': 'https://graph.evil.example/v1.0/users/x/events?$skip=2' } });

    const error = await rejection<AppError>(listAll(mailbox(), list));

    expect(error.code).toBe('GRAPH_CONTRACT');
    expect(error.message).toMatch(
      /next page of \/users\/training\/events is at another address than http:\/\/127.*check the Graph base URL/,
    );
    expect(stub.seen).toHaveLength(1);
  });

  it('is an error as a whole when one page fails or is no page', async () => {
    const next = `${stub.origin}/v1.0/users/x/events?$skip=2`;
    stub.answer({ body: { value: [1], '@odata.nextLink': next } }, failure(500, 'X'));
    await expect(rejection(listAll(mailbox(), list))).resolves.toMatchObject({ code: 'GRAPH_UNAVAILABLE' });

    stub.answer({ body: { value: [1], '@odata.nextLink': next } }, { body: { items: [] } });
    const error = await rejection(listAll(mailbox(), list));
    expect(error.message).toBe(
      "Graph's answer to /users/training/events is not a page of events as documented: / must have required property 'value'",
    );
  });

  it('is an error when it does not end', async () => {
    const page = { body: { value: [1], '@odata.nextLink': `${stub.origin}/v1.0/users/x/events?$skip=2` } };
    stub.answer(...Array.from({ length: 200 }, () => page));

    const error = await rejection(listAll(mailbox(), list));

    expect(error.message).toBe("Graph's list at /users/training/events did not end after 200 pages");
  });
});

describe('a mailbox that other processes may serve', () => {
  it('sends nothing when this process does not serve it', async () => {
    const lost = new UpstreamError('another process', { code: 'QUEUE_LOST' });
    const asking = mailbox({
      enter: () => {
        throw lost;
      },
    });

    await expect(asking.send(getEvent)).rejects.toBe(lost);
    expect(stub.seen).toEqual([]);
  });

  it('ends a request under way when this process serves it no longer', async () => {
    const losing = new AbortController();
    stub.answer({ does: 'hang' });
    const answer = rejection(mailbox({ enter: () => losing.signal }).send(getEvent));
    while (stub.seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    losing.abort();

    expect(await answer).toMatchObject({ code: 'GRAPH_UNAVAILABLE' });
  });

  it('asks before every request, not once', async () => {
    const asked: number[] = [];
    const enter = (): null => (asked.push(stub.seen.length), null);
    const graph = mailbox({ enter });
    stub.answer({ status: 200, body: {} });
    stub.answer({ status: 200, body: {} });
    await graph.send(getEvent);
    await graph.send(getEvent);

    expect(asked).toEqual([0, 1]);
  });
});
