import { MARK, toCase, toRequest, type CaseContext, type Endpoint, type FuzzCase } from '../fuzz-case';

const LIFECYCLE = ['reauthorizationRequired', 'subscriptionRemoved', 'missed', MARK];

/** Graph's change notifications, mostly without the secret of their mailbox's subscription. */
export const GRAPH: Endpoint = {
  path: (context) => pathOf(context, context.target.quietMailbox),
  authorization: () => null,
  body: (context) => JSON.stringify(drawNotifications(context, (context.index & 1) === 1 ? MARK : null)),
};

/** The same, of somebody who knows a secret. */
export const GRAPH_KNOWN: Endpoint = {
  ...GRAPH,
  path: (context) => pathOf(context, context.target.mailbox),
  body: (context) => JSON.stringify(drawNotifications(context, context.target.clientState)),
};

function pathOf({ draw }: CaseContext, mailbox: string): string {
  return `/webhooks/graph/${mailbox}${draw.happens(0.3) ? '/lifecycle' : ''}`;
}

/** A collection as Graph sends it. */
function drawNotifications({ draw, index }: CaseContext, clientState: string | null): object {
  const value = Array.from({ length: draw.happens(0.6) ? 1 : draw.between(2, 20) }, () => ({
    subscriptionId: `7f105c7d-2dc5-4530-97cd-${String(index).padStart(12, '0')}`,
    subscriptionExpirationDateTime: '2026-12-04T20:02:00.0000000+00:00',
    tenantId: '6f1c2b5e-0c1d-4c86-9d2a-5d0f3f6f7a10',
    ...(clientState !== null && { clientState }),
    ...(draw.happens(0.2)
      ? { lifecycleEvent: draw.pick(LIFECYCLE) }
      : {
          changeType: draw.pick(['created', 'updated', 'deleted']),
          resource: `Users/${MARK}/Events/AAMk${index}`,
          resourceData: { '@odata.type': '#Microsoft.Graph.Event', id: `AAMk${MARK}` },
        }),
  }));
  return { value };
}

/** Nothing is wrong: must get 202, and the mailbox's workflow must hear of it before. */
export function goodNotification(context: CaseContext): FuzzCase {
  const known = { ...context, endpoint: GRAPH_KNOWN };
  const stored = [`subscription/${context.target.mailbox}`];
  return toCase('good notification', toRequest(known, { body: GRAPH_KNOWN.body(known) }), { stored, wanted: 202 });
}

/** Tokens as they stand in the query; what they mean is for the standard's own reader to say. */
function drawToken({ draw }: CaseContext): string {
  const script = encodeURIComponent(`<script>alert("${MARK}")</script>`);
  const random = Array.from({ length: draw.between(1, 60) }, () => String.fromCharCode(draw.between(32, 126))).join('');
  return (
    draw.pick([
      ...[
        script,
        `${script}%0d%0aset-cookie:%20x`,
        `Validation%3A+Testing+${MARK}%20%26+more`,
        'a%00b',
        '%F0%9F%98%80',
      ],
      ...['', '%', '%zz', '%c3%28', '%ff', 'a;b', 'a=b=c', 'x#y', '+', '%2B', '%25', '%u0041', '"', '{{7*7}}', "'--"],
      ...['x'.repeat(1_024), 'x'.repeat(1_025), '%3C'.repeat(draw.between(1, 1_100)), encodeURIComponent('é')],
      ...[encodeURIComponent(random), encodeURIComponent(random), encodeURIComponent(random)],
    ]) ?? ''
  );
}

/** Must bring back the token as it was meant, or a reason. */
export function handshake(context: CaseContext): FuzzCase {
  const { draw, target } = context;
  const token = drawToken(context);
  const names =
    draw.pick(['validationToken', 'validationToken', 'validationToken', 'validation%54oken', 'a=1&b']) ?? '';
  const twice = draw.happens(0.05) ? `&validationToken=${MARK}` : '';
  const query = `${names}=${token}${twice}`;
  const mailbox = draw.pick([target.mailbox, target.quietMailbox, 'nobody', '__proto__']) ?? target.mailbox;
  const path = `${pathOf(context, mailbox)}?${query}`;
  const body = draw.pick(['', '', MARK, '{"value":[]}', '{']) ?? '';
  const echo = meantBy(query);
  const type = draw.pick(['text/plain; charset=utf-8', 'application/json', `text/${MARK}`, null]) ?? null;
  const bytes = toRequest(context, { path, body, headers: { 'content-type': type, authorization: null } });
  return toCase('handshake', bytes, { echo, wanted: echo === null ? null : 200 });
}

/** null: no token, or none that may be echoed. */
function meantBy(query: string): string | null {
  const [token, ...more] = new URLSearchParams(query).getAll('validationToken');
  if (token === undefined || more.length > 0) return null;
  return /^[\x20-\x7e]{1,1024}$/.test(token) ? token : null;
}
