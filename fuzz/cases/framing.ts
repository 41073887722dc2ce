import type { CaseContext } from '../fuzz-case';
import { MARK, toCase, toRequest, type FuzzCase } from '../fuzz-case';

/** The bytes around a message: lengths, chunks, pipelines, and what is no HTTP at all. */
export function oddFraming(context: CaseContext): FuzzCase {
  const { draw } = context;
  const make = draw.pick([wrongLength, chunks, pipelined, cutRequest, otherProtocol, randomBytes]) ?? wrongLength;
  return make(context);
}

function wrongLength(context: CaseContext): FuzzCase {
  const { draw } = context;
  const body = context.endpoint.body(context);
  const length = draw.pick([
    ...['-1', '+5', '0x10', '1e3', '', ' ', 'abc', '5, 5', '18446744073709551616', '9'.repeat(400), '00005', '1.0'],
    ...[String(body.length + draw.between(1, 500)), String(draw.between(0, body.length - 1)), '1073741824'],
  ]);
  const bytes = toRequest(context, { body, headers: { 'content-length': length ?? '' } });
  return toCase('framing: length', bytes, { ends: true, mayClose: true, answers: 2 });
}

function chunks(context: CaseContext): FuzzCase {
  const { draw } = context;
  const text = context.endpoint.body(context);
  const size = text.length.toString(16);
  const body = draw.pick([
    `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n0\r\n\r\n`,
    `${size};ext=${MARK}\r\n${text}\r\n0\r\n${MARK}: trailer\r\n\r\n`,
    `zz\r\n${text}\r\n0\r\n\r\n`,
    `-1\r\n${text}`,
    `ffffffffffffffffff\r\n${text}`,
    `${size}${'\0'.repeat(5)}\r\n${text}`,
    `1\r\n{\r\n`.repeat(draw.between(1, 3_000)),
    `${size};${'e'.repeat(20_000)}\r\n${text}\r\n0\r\n\r\n`,
    `${size}\n${text}\n0\n\n`,
    '0\r\n\r\n',
  ]);
  const coding = draw.happens(0.7)
    ? 'chunked'
    : (draw.pick(['gzip, chunked', 'chunked, chunked', 'CHUNKED', 'identity', 'xchunked']) ?? 'chunked');
  const length = draw.happens(0.8) ? null : String(text.length);
  const bytes = toRequest(context, { body, headers: { 'transfer-encoding': coding, 'content-length': length } });
  return toCase('framing: chunks', bytes, { ends: true, mayClose: true, answers: 2 });
}

function pipelined(context: CaseContext): FuzzCase {
  const { draw } = context;
  const count = draw.between(2, 12);
  const requests = Array.from({ length: count }, (_, i) => {
    const body = draw.happens(0.7) ? context.endpoint.body(context) : `{"event":${i}`;
    const headers = { connection: i === count - 1 ? 'close' : 'keep-alive' };
    return toRequest(context, draw.happens(0.2) ? { method: 'GET', path: '/healthz', headers } : { body, headers });
  });
  return toCase('framing: pipeline', Buffer.concat(requests), { answers: count });
}

function cutRequest(context: CaseContext): FuzzCase {
  const bytes = toRequest(context, { body: context.endpoint.body(context) });
  const cut = bytes.subarray(0, context.draw.between(0, bytes.length - 1));
  return toCase('framing: cut off', cut, { ends: true, mayClose: true });
}

function otherProtocol({ draw }: CaseContext): FuzzCase {
  const hello = '16030100c8010000c40303';
  const bytes = draw.pick([
    Buffer.concat([Buffer.from(hello, 'hex'), randomBuffer(draw, 190)]),
    Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
    Buffer.from('GET /healthz\r\n'),
    Buffer.from(`SSH-2.0-${MARK}\r\n`),
    Buffer.from('EHLO x\r\n'),
    Buffer.from('\r\n'.repeat(draw.between(1, 2_000))),
    Buffer.from('CONNECT x:443 HTTP/1.1\r\nhost: x\r\n\r\n'),
    Buffer.from('\0'.repeat(draw.between(1, 5_000))),
    Buffer.alloc(0),
  ]);
  return toCase('framing: other protocol', bytes ?? Buffer.alloc(0), { ends: true, mayClose: true });
}

function randomBytes(context: CaseContext): FuzzCase {
  const { draw } = context;
  const bytes = randomBuffer(draw, draw.between(1, 4_000));
  const inBody = draw.happens(0.5);
  return toCase(
    inBody ? 'framing: random body' : 'framing: random bytes',
    inBody ? toRequest(context, { body: bytes }) : bytes,
    { ends: true, mayClose: !inBody },
  );
}

function randomBuffer(draw: CaseContext['draw'], length: number): Buffer {
  const buffer = Buffer.alloc(length);
  for (let i = 0; i < length; i++) buffer[i] = draw.between(0, 255);
  return buffer;
}
