import Ajv from 'ajv';
import { CommandError } from '../command-error';
import type { Draft } from '../draft';

/** A named change of the academy. `args` only carries the type of its arguments. */
export interface Command<A = unknown, R = unknown> {
  (draft: Draft, args: unknown): R;
  readonly args?: A;
}

type Schema = Readonly<Record<string, unknown>>;

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });

/** JSON Schemas that arguments are made of. */
export const is = {
  id: { type: 'integer', minimum: 1 },
  ids: { type: 'array', items: { type: 'integer', minimum: 1 } },
  someIds: { type: 'array', items: { type: 'integer', minimum: 1 }, minItems: 1 },
  idOrNull: { type: ['integer', 'null'], minimum: 1 },
  text: { type: 'string' },
  textOrNull: { type: ['string', 'null'] },
  name: { type: 'string', minLength: 1 },
  flag: { type: 'boolean' },
  count: { type: 'integer', minimum: 0 },
  override: { enum: ['inherit', 'on', 'off'] },
  date: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
  time: { type: 'string', pattern: '^\\d{2}:\\d{2}$' },
  additionalFields: {
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['id', 'name', 'value'],
      properties: {
        id: { type: 'integer' },
        name: { type: 'string' },
        value: { type: 'string' },
        type: { type: 'string' },
      },
    },
  },
} satisfies Record<string, Schema>;

/** Builds a command that refuses arguments it does not know, and says which. */
export function command<A, R>(
  properties: Record<keyof A & string, Schema>,
  required: readonly (keyof A & string)[],
  run: (draft: Draft, args: A) => R,
): Command<A, R> {
  const check = ajv.compile<A>({ type: 'object', additionalProperties: false, properties, required });
  return (draft, args) => {
    if (check(args)) return run(draft, args);
    const known = Object.keys(properties).join(', ');
    const problems = ajv.errorsText(check.errors, { dataVar: 'arguments' });
    throw new CommandError(400, `${problems}. Known arguments: ${known}`);
  };
}
