import type { CaseContext } from '../fuzz-case';
import { MARK, toCase, toRequest, type FuzzCase } from '../fuzz-case';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Message = { [key: string]: Json };

const SESSION_EVENTS = ['ilt.session.external_calendar.changed', 'ilt.session.updated', 'ilt.session.deleted'];
const EVENTS = [
  ...SESSION_EVENTS,
  'ilt.event.external_calendar.changed',
  'course.updated',
  'learningplan.enrollment.deleted',
  `badge.${MARK}`,
];

/** A message as Docebo sends it: single or grouped, of any event. Ids belong to the case alone. */
export function drawMessage({ draw, target, index }: CaseContext, events = EVENTS): { body: Message; ids: string[] } {
  const count = draw.happens(0.6) ? 1 : draw.between(2, 25);
  const ids = Array.from({ length: count }, (_, i) => String(1_000_000 + index * 25 + i));
  const payloads = ids.map((id): Message => ({
    session_id: draw.happens(0.5) ? id : Number(id),
    course_id: Number(id),
    learning_plan_id: id,
    event_id: draw.between(1, 10 ** 6),
    user_id: draw.between(1, 10 ** 6),
    type: 'classroom',
    name: `${MARK} Müller`,
    user: { mail: `${MARK}@people.example`, fields: [{ id: 1, value: MARK }] },
  }));
  const [first] = payloads;
  return {
    ids,
    body: {
      message_id: `wh-${index}`,
      webhook_id: 12,
      original_domain: target.domain,
      event: draw.pick(events) ?? 'course.updated',
      fired_by_batch_action: count > 1,
      ...(count === 1 && first !== undefined ? { payload: first } : { payloads }),
    },
  };
}

/** Nothing is wrong: must get 200, and be stored. */
export function goodMessage(context: CaseContext): FuzzCase {
  const { body, ids } = drawMessage(context, SESSION_EVENTS);
  const stored = ids.map((id) => `session/${context.target.platform}/${id}`);
  return toCase('good message', toRequest(context, { body: JSON.stringify(body) }), { stored, good: true });
}

/** Some values of a good message are others. */
export function changedMessage(context: CaseContext): FuzzCase {
  const { body } = drawMessage(context);
  for (let i = context.draw.between(1, 4); i > 0; i--) mutate(body, context);
  return toCase('message with other values', toRequest(context, { body: JSON.stringify(body) }));
}

/** Some bytes of a good message are others, gone or twice. */
export function damagedMessage(context: CaseContext): FuzzCase {
  const { draw } = context;
  const bytes = [...Buffer.from(JSON.stringify(drawMessage(context).body))];
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
