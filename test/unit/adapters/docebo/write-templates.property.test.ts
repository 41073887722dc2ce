import { fc } from '../../../support/properties';
import { readVariables } from '../../../../src/adapters/docebo/profile/uri-templates';
import {
  fillWrite,
  PATH_VARIABLES,
  tells,
  type WriteValue,
} from '../../../../src/adapters/docebo/profile/write-templates';

const NAMES = Object.keys(PATH_VARIABLES) as WriteValue[];
const id = fc.oneof(
  fc.stringMatching(/^[1-9][0-9]{0,19}$/),
  fc.stringMatching(/^[\w:-][\w.:-]{0,20}$/).filter((text) => !/^0\d/.test(text)),
);
const values = fc.record({
  courseId: id,
  sessionId: id,
  eventId: id,
  userId: id,
  answer: fc.string({ maxLength: 12 }),
});

const literal = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
const part = fc.oneof(
  literal,
  fc.constantFrom(...NAMES).map((name) => ({ name })),
);
const path = fc.array(part, { minLength: 1, maxLength: 6 });
const pathText = (parts: readonly (string | { readonly name: WriteValue })[]): string =>
  parts.map((one) => (typeof one === 'string' ? `/${one}` : `/{${PATH_VARIABLES[one.name]}}`)).join('');

const { body } = fc.letrec((tie) => ({
  body: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue({ maxDepth: 0 }),
    fc.constantFrom(...NAMES).map((name) => ({ $: name })),
    fc.array(tie('body'), { maxLength: 3 }),
    fc.dictionary(literal, tie('body'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

/** The same by another way: through the text. */
function expectedBody(json: unknown, known: Readonly<Record<string, string>>): unknown {
  return JSON.parse(JSON.stringify(json), (_key, value: unknown) => {
    const name = (value as { readonly $?: WriteValue } | null)?.$;
    if (name === undefined) return value;
    const text = known[name]!;
    return name !== 'answer' && /^\d{1,15}$/.test(text) ? Number(text) : text;
  }) as unknown;
}

test('every value stands in its own part of the path, and nowhere else', () => {
  fc.assert(
    fc.property(path, values, (parts, known) => {
      fc.pre(!/^\.{0,2}$/.test(known.answer));
      const { url } = fillWrite({ path: pathText(parts), body: null }, known);

      const read = new URL(url, 'https://academy.example').pathname.split('/').slice(1).map(decodeURIComponent);
      expect(read).toEqual(parts.map((one) => (typeof one === 'string' ? one : known[one.name])));
    }),
    { numRuns: 500 },
  );
});

test('every placeholder of a body is filled, at any depth, ids as the numbers that they are, and nothing else is touched', () => {
  fc.assert(
    fc.property(body, values, (template, known) => {
      const before = JSON.stringify(template);

      // As it goes over the wire, where there is no -0.
      const filled = JSON.parse(JSON.stringify(fillWrite({ path: '/x', body: template }, known).body)) as unknown;

      expect(filled).toEqual(expectedBody(template, known));
      expect(JSON.stringify(template)).toBe(before);
    }),
    { numRuns: 500 },
  );
});

test('what a template tells is what changes its call', () => {
  fc.assert(
    fc.property(path, body, values, fc.constantFrom(...NAMES), (parts, template, known, name) => {
      const write = { path: pathText(parts), body: template };
      const other = { ...known, [name]: `${known[name]}7x` };

      const changes = JSON.stringify(fillWrite(write, known)) !== JSON.stringify(fillWrite(write, other));

      expect(changes).toBe(tells(write, name));
    }),
    { numRuns: 500 },
  );
});

test('any text is a template with plain variables, or is refused with what is wrong with it', () => {
  const piece = fc.oneof(
    fc.constantFrom('{', '}', '{+', '{#', '{?', '{/', ',', '*', ':3', 'user_id', '%7B'),
    fc.string({ maxLength: 3 }),
  );
  const template = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  let taken = 0;
  fc.assert(
    fc.property(template, (text) => {
      const read = readVariables(text);
      if ('fault' in read) {
        expect(read.fault.length).toBeGreaterThan(5);
        return;
      }
      taken++;
      const filled = Object.fromEntries(read.variables.map((name) => [name, '../x?y#z']));
      const { url } = fillWrite({ path: text, body: null }, {});
      expect(typeof url).toBe('string');
      expect(Object.keys(filled).every((name) => /^\w+$/.test(name))).toBe(true);
    }),
    { numRuns: 500 },
  );
  expect(taken).toBeGreaterThan(30);
});
