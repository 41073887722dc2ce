import { MARK, toCase, toRequest, type CaseContext, type Endpoint, type FuzzCase } from '../fuzz-case';

type Message = Record<string, unknown>;

export const SESSION_EVENTS = ['ilt.session.external_calendar.changed', 'ilt.session.updated', 'ilt.session.deleted'];
const EVENTS = [
  ...SESSION_EVENTS,
  'ilt.event.external_calendar.changed',
  'course.updated',
  'learningplan.enrollment.deleted',
  `badge.${MARK}`,
];

export const DOCEBO: Endpoint = {
  path: ({ target }) => `/webhooks/docebo/${target.platform}`,
  authorization: ({ target }) => target.authorization,
  body: (context) => JSON.stringify(drawMessage(context).body),
};

/** A message as Docebo sends it: single or grouped, of any event. Ids belong to the case alone. */
function drawMessage({ draw, target, index }: CaseContext, events = EVENTS): { body: Message; ids: string[] } {
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
  return toCase('good message', toRequest(context, { body: JSON.stringify(body) }), { stored, wanted: 200 });
}
