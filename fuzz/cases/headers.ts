import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { CaseContext, RequestParts } from '../fuzz-case';
import { MARK, toCase, toRequest, type FuzzCase } from '../fuzz-case';

/** Ten megabytes of blanks, small. */
const BOMBS = ((blanks) => ({ gzip: gzipSync(blanks), deflate: deflateSync(blanks), br: brotliCompressSync(blanks) }))(
  Buffer.alloc(10 * 1024 * 1024, ' '),
);
const TYPES = [
  ...['text/plain', 'application/xml', 'application/json; charset=utf-16', 'multipart/form-data', '', ';', '*/*'],
  ...['application/x-www-form-urlencoded', `application/${MARK}`, 'json', 'application/json, text/html', 'é'],
];
const CREDENTIALS = [
  ...['', 'Basic', 'Basic ', 'Basic !!!!', 'Basic Og==', 'Bearer x', `Digest username="${MARK}"`, 'basic eDp5'],
  ...[`Basic ${'A'.repeat(8_000)}`, `Basic ${Buffer.from(`${MARK}:${MARK}`).toString('base64')}`, '\u00ff\u00fe'],
];
const METHODS = [
  ...['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'MKCOL', 'SEARCH', 'PURGE', 'QUERY', 'M-SEARCH'],
  ...['post', 'FOO', 'GET\0', MARK, 'PRI', 'POST/'],
];
const PATHS = [
  ...['/', '//', '/webhooks', '/webhooks/docebo', '/webhooks/docebo/', '/healthz', '/readyz', '/openapi.json', '*'],
  ...['/webhooks/docebo/%00', '/webhooks/docebo/..;/x', '/webhooks/docebo/a%2Fb', '/webhooks/docebo/%2e%2e/', '/%zz'],
  ...['/webhooks/docebo/../../healthz', '/webhooks//docebo/academy', '\\webhooks', 'webhooks', '/%ff%fe', '/?%'],
  ...[
    '/webhooks/docebo/academy?x=%',
    '/webhooks/docebo/academy#x',
    '/webhooks/docebo/ACADEMY',
    'http://x/y',
    'http://',
  ],
  ...['/codec/decode', '/codec/encode', '/api/v1/sessions', '/api/v1/sessions/academy/%00', '/webhooks/graph/training'],
  ...[
    `/${MARK}`,
    `/webhooks/docebo/${MARK}`,
    `/${'a'.repeat(9_000)}`,
    `/${'a/'.repeat(3_000)}`,
    `/?${'a=1&'.repeat(3_000)}`,
  ],
  ...['/__proto__', '/webhooks/docebo/__proto__', '/webhooks/docebo/constructor', '/é', '/webhooks/docebo/%C3%A9'],
];
const EXTRA = [
  ...['expect: 100-continue', 'expect: 200-ok', 'upgrade: websocket', 'connection: upgrade\r\nupgrade: h2c', 'te: x'],
  ...[
    'x-request-id: a\tb',
    `x-request-id: ${MARK}!`,
    `x-forwarded-for: ${MARK}`,
    `cookie: ${MARK}=1`,
    'range: bytes=0-',
  ],
  ...[
    'x-http-method-override: DELETE',
    `x: ${'y'.repeat(17_000)}`,
    'a\0b: c',
    'a: b\0c',
    ': x',
    'no colon',
    ' x: folded',
  ],
  ...['set-cookie: x', 'if-none-match: *', 'x: a\rb', 'x: a\nset-cookie: b', 'host: twice', `origin: https://${MARK}`],
  ...['access-control-request-method: POST', 'accept: image/png', 'accept-encoding: gzip;q=9', 'content-type: twice'],
];

/** A good message under headers, a method or a path that are none of the sender's. */
export function oddHeaders(context: CaseContext): FuzzCase {
  const { draw } = context;
  const body = context.endpoint.body(context);
  const [kind, parts] = draw.pick<[string, RequestParts]>([
    ['content-type', { body, headers: { 'content-type': draw.pick([...TYPES]) ?? null } }],
    ['no content-type', { body, headers: { 'content-type': null } }],
    ['content-encoding', packed(context, body)],
    ['credentials', { body, headers: { authorization: draw.pick(CREDENTIALS) ?? null } }],
    ['no credentials', { body, headers: { authorization: null } }],
    ['method', { body, method: draw.pick(METHODS) ?? 'FOO' }],
    ['path', { body, path: draw.pick(PATHS) ?? '/', method: draw.pick(['GET', 'POST', 'HEAD']) ?? 'GET' }],
    ['extra header', { body, rawHeaders: draw.some(EXTRA, 2) }],
    ['many headers', { body, rawHeaders: Array.from({ length: draw.between(50, 3_000) }, (_, i) => `h${i}: 1`) }],
    ['version', { body, version: draw.pick(['HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTTP/9.9', 'HTTPS/1.1', '']) ?? '' }],
  ]) ?? ['none', { body }];
  // Node answers neither CONNECT nor what it has no method for with a body; an upgrade is not ours to speak.
  return toCase(`headers: ${kind}`, toRequest(context, parts));
}

function packed({ draw }: CaseContext, body: string): RequestParts {
  const coding = draw.pick(['gzip', 'deflate', 'br', 'identity', 'zstd', 'gzip, gzip', 'GZIP', '', 'x']) ?? 'gzip';
  const bomb = draw.happens(0.2) ? BOMBS[coding as keyof typeof BOMBS] : undefined;
  return { body: bomb ?? (coding === 'gzip' ? gzipSync(body) : body), headers: { 'content-encoding': coding } };
}
