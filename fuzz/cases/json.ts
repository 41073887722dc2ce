import type { CaseContext } from '../fuzz-case';
import { MARK, toCase, toRequest, type FuzzCase } from '../fuzz-case';

type Text = (context: CaseContext, good: string) => string | Buffer;

const deep =
  (open: string, close: string): Text =>
  ({ draw }) => {
    const depth = draw.pick([33, 200, 5_000, 100_000]) ?? 33;
    return open.repeat(depth) + (draw.happens(0.7) ? `1${close.repeat(depth)}` : '');
  };

/** Texts at the edges of JSON and of its encodings. */
const TEXTS: Readonly<Record<string, Text>> = {
  'deep lists': deep('[', ']'),
  'deep objects': deep('{"a":', '}'),
  'deep in a payload': ({ draw }) => {
    const depth = draw.between(20, 40);
    return `{"event":"course.updated","payload":{"course_id":5,"x":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
  },
  'prototype keys': ({ draw }, good) => {
    const key = draw.pick(['__proto__', 'constructor', 'prototype', '\\u005f_proto__', 'toString', 'valueOf']);
    return `{"${key}":{"prototype":{"event":"${MARK}"},"payload":1},${good.slice(1)}`;
  },
  'keys twice': (_, good) => `{"event":"x","payload":{},"payloads":[],${good.slice(1)}`,
  'many keys': ({ draw }) =>
    `{"event":"x","payload":{${Array.from({ length: draw.between(1_000, 30_000) }, (_, i) => `"k${i}":${i}`).join()}}}`,
  'many payloads': ({ draw }) =>
    `{"event":"course.updated","payloads":[${Array.from({ length: draw.between(26, 3_000) }, (_, i) => `{"course_id":${i}}`).join()}]}`,
  'odd numbers': ({ draw }) =>
    `{"event":"course.updated","payload":{"course_id":${draw.pick(['NaN', 'Infinity', '-', '01', '1e99999', '0x10', '9'.repeat(400), '-0', '1.', '.5', '+1', '1_0'])}}}`,
  'odd strings': ({ draw }) =>
    `{"event":"course.updated","payload":{"course_id":"${draw.pick(['\\ud800', '\\udc00\\ud800', '\\u0000', '\\x41', '\t', '\\', '\\u12'])}"}}`,
  'other syntax': ({ draw }, good) =>
    draw.pick([`${good},`, `${good}${good}`, `// c\n${good}`, `'${good}'`, `(${good})`, `)]}',\n${good}`]) ?? good,
  'trailing bytes': ({ draw }, good) => good + (draw.pick(['\0', '}', `<b>${MARK}`, '\ufeff', '\u2028']) ?? ''),
  'cut off': ({ draw }, good) => good.slice(0, draw.between(0, good.length - 1)),
  'a BOM': (_, good) => `\ufeff${good}`,
  UTF16: ({ draw }, good) => {
    const bytes = Buffer.from(`${draw.happens(0.5) ? '\ufeff' : ''}${good}`, 'utf16le');
    return draw.happens(0.5) ? bytes : bytes.swap16();
  },
  'Latin-1': (_, good) => Buffer.from(good, 'latin1'),
  'bad UTF-8': ({ draw }, good) => {
    const at = draw.between(0, good.length);
    const odd = draw.pick(['c080', 'eda080', 'f8808080', 'ff', 'e282', 'f4908080']) ?? 'ff';
    return Buffer.concat([Buffer.from(good.slice(0, at)), Buffer.from(odd, 'hex'), Buffer.from(good.slice(at))]);
  },
  'no object': ({ draw }) => draw.pick(['', ' \n', 'null', 'true', '7', '""', '[]', '[{}]', `"${MARK}"`]) ?? '',
  'white space': ({ draw }, good) => ' \t\r\n'.repeat(draw.between(1, 50_000)) + good,
  huge: ({ draw }, good) => `{"x":"${'x'.repeat(draw.pick([900_000, 1_048_577, 2_000_000]) ?? 0)}",${good.slice(1)}`,
};
/** What costs much to send, now and then only. */
const DEAR = ['huge', 'many keys', 'white space', 'deep lists', 'deep objects'];
const CHEAP = Object.keys(TEXTS).filter((name) => !DEAR.includes(name));

export function oddJson(context: CaseContext): FuzzCase {
  const { draw } = context;
  const name = draw.pick(draw.happens(0.12) ? DEAR : CHEAP) ?? 'cut off';
  const body = TEXTS[name]?.(context, context.endpoint.body(context)) ?? '';
  return toCase(`JSON: ${name}`, toRequest(context, { body }), { mayClose: name === 'huge' });
}
