import { MARK, toCase, toRequest, type CaseContext, type FuzzCase } from '../fuzz-case';
import { SESSION_EVENTS } from './messages';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Message = { [key: string]: Json };

/** Some values of a good message are others. */
export function changedMessage(context: CaseContext): FuzzCase {
  const body = JSON.parse(context.endpoint.body(context)) as Message;
  for (let i = context.draw.between(1, 4); i > 0; i--) mutate(body, context);
  return toCase('message with other values', toRequest(context, { body: JSON.stringify(body) }));
}

/** Some bytes of a good message are others, gone or twice. */
export function damagedMessage(context: CaseContext): FuzzCase {
  const { draw } = context;
  const bytes = [...Buffer.from(context.endpoint.body(context))];
  for (let i = draw.between(1, 8); i > 0; i--) {
    const at = draw.between(0, bytes.length - 1);
    const run = draw.between(1, 12);
    if (draw.happens(0.4)) bytes[at] = draw.between(0, 255);
    else if (draw.happens(0.5)) bytes.splice(at, run);
    else bytes.splice(at, 0, ...bytes.slice(at, at + run));
  }
  return toCase('message with other bytes', toRequest(context, { body: Buffer.from(bytes) }));
}

function mutate(body: Message, context: CaseContext): void {
  const { draw } = context;
  const places = collect(body).filter(([, key]) => key !== '');
  const place = draw.pick(places);
  if (place === undefined) return;
  const [holder, key] = place;
  if (draw.happens(0.15)) delete holder[key];
  else if (draw.happens(0.1)) holder[`${key}${draw.pick(['', ' ', '_', '\u0000'])}${MARK}`] = holder[key] ?? null;
  else holder[key] = draw.pick(oddValues(context)) ?? null;
}

function collect(value: Json): [Message, string][] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Message;
  return Object.entries(holder).flatMap(([key, child]): [Message, string][] => [[holder, key], ...collect(child)]);
}

function oddValues({ draw }: CaseContext): Json[] {
  const texts = ['', ' ', '0', '-1', '..', '.', '../..', 'a/b', '%2e%2e', '\u0000', '\ud800', '\u202e', '١٢٣', '1e9'];
  const numbers = [0, -0, -1, 1.5, 1e308, 2 ** 53, 2 ** 53 + 2, 5e-324, Number.MAX_SAFE_INTEGER];
  const long = ['9', 'x', 'é', '😀', '.', ' ', '\n'].map((c) => c.repeat(draw.pick([65, 300, 1_001, 5_000]) ?? 65));
  const nested: Json[] = [[], {}, [[[]]], [null], { toString: 1 }, { length: 5 }, { then: 1 }, { toJSON: {} }];
  return [null, true, false, ...texts, ...numbers, ...long, ...nested, ...SESSION_EVENTS, draw.between(1, 10 ** 9)];
}
