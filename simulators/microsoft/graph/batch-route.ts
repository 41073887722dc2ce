import type { FastifyInstance, FastifyRequest } from 'fastify';
import { graphJson } from './graph-call';
import { GraphError } from './graph-error';

interface BatchItem {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly dependsOn: readonly string[];
}

interface BatchAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;
const shownHeaders = ['content-type', 'retry-after', 'preference-applied', 'location', 'request-id'];

/**
 * `$batch`: up to 20 requests, each judged and throttled by itself. All that depend on nothing run at once, which a single
 * mailbox answers with 429 from the fifth on; answers come in no order.
 */
export function batchRoute(app: FastifyInstance, _options: object, done: () => void): void {
  app.post('/$batch', async (request, reply) => {
    const items = readItems(request.body);
    const running = new Map<string, Promise<BatchAnswer>>();
    const run = (item: BatchItem): Promise<BatchAnswer> => {
      const known = running.get(item.id);
      if (known !== undefined) return known;
      const before = item.dependsOn.map((id) => run(items.find((i) => i.id === id) as BatchItem));
      const answered = Promise.all(before).then((earlier) =>
        earlier.some((a) => a.status >= 400) ? failedDependency(item.id) : forward(app, request, item),
      );
      running.set(item.id, answered);
      return answered;
    };
    const responses = await Promise.all(items.map(run));
    return reply.code(200).type(graphJson).send({ responses: responses.reverse() });
  });
  done();
}

async function forward(app: FastifyInstance, outer: FastifyRequest, item: BatchItem): Promise<BatchAnswer> {
  const hasBody = item.body !== undefined;
  const contentType = Object.entries(item.headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  if (hasBody && contentType === undefined)
    return refusal(item.id, 400, 'BadRequest', 'A request with a body needs a Content-Type header.');
  try {
    const response = await app.inject({
      method: item.method as (typeof methods)[number],
      url: `/v1.0${item.url.startsWith('/') ? '' : '/'}${item.url}`,
      headers: { host: outer.host, authorization: outer.headers.authorization ?? '', ...item.headers },
      ...(hasBody ? { payload: JSON.stringify(item.body) } : {}),
    });
    const headers = Object.entries(response.headers).filter(([name]) => shownHeaders.includes(name));
    return {
      id: item.id,
      status: response.statusCode,
      headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
      ...(response.body === '' ? {} : { body: readBody(response.body) }),
    };
  } catch {
    return refusal(item.id, 502, 'BadGateway', 'The inner request got no answer.');
  }
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** @throws GraphError 400 when the batch as a whole is wrong. */
function readItems(body: unknown): BatchItem[] {
  const requests = (body as { requests?: unknown } | null | undefined)?.requests;
  if (!Array.isArray(requests)) throw invalid("The batch request must have an array 'requests'.");
  if (requests.length > 20)
    throw invalid(`Number of batch request steps exceeds the maximum value of 20: ${requests.length}.`);
  const items = requests.map(readItem);
  const ids = new Set(items.map((i) => i.id));
  if (ids.size !== items.length) throw invalid('Each request needs an id that is unique in the batch.');
  for (const [at, item] of items.entries()) {
    // Earlier ones only: that rules out circles, too.
    const earlier = items.slice(0, at).map((i) => i.id);
    const unknown = item.dependsOn.find((id) => !earlier.includes(id));
    if (unknown !== undefined)
      throw invalid(`Request '${item.id}' depends on '${unknown}', which is no earlier request.`);
  }
  return items;
}

function readItem(request: unknown): BatchItem {
  const item = (request ?? {}) as Partial<Record<keyof BatchItem, unknown>>;
  const { id, method, url } = item;
  if (typeof id !== 'string' || id === '') throw invalid('Each request needs an id.');
  if (typeof method !== 'string' || !methods.some((m) => m === method.toUpperCase()))
    throw invalid(`Request '${id}' has no usable method.`);
  if (typeof url !== 'string' || url === '' || /^https?:/i.test(url))
    throw invalid(`Request '${id}' needs a url relative to the version, such as /users/...`);
  return {
    id,
    method: method.toUpperCase(),
    url,
    headers: (item.headers ?? {}) as Record<string, string>,
    body: item.body,
    dependsOn: (item.dependsOn ?? []) as string[],
  };
}

function failedDependency(id: string): BatchAnswer {
  return refusal(id, 424, 'FailedDependency', 'A request that this one depends on failed.');
}

function refusal(id: string, status: number, code: string, message: string): BatchAnswer {
  return { id, status, headers: { 'content-type': 'application/json' }, body: { error: { code, message } } };
}

function invalid(message: string): GraphError {
  return new GraphError(400, 'BadRequest', `Invalid batch payload format. ${message}`);
}
