import { createHash } from 'node:crypto';
import { createReadWebhook } from '../../src/adapters/docebo/webhook/webhook';
import { loadProfile } from '../../src/adapters/docebo/profile/profile';
import v1 from '../../profiles/assumed-v1.json';
import v2 from '../../profiles/assumed-v2.json';
import { anApp, closeApps, send, textLike } from './an-app';

afterEach(closeApps);

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

describe.each([
  ['assumed-v1', v1],
  ['assumed-v2', v2],
])("the webhook route over Docebo's reader with profile %s", (name, json) => {
  const profile = loadProfile(json, `${name}.json`);

  function aDoceboApp() {
    const credentials = [{ user: 'docebo', password: 'new secret' }];
    const readWebhook = createReadWebhook(profile, { digest });
    return anApp({ platforms: { acme: { readWebhook, credentials, originalDomain: 'acme.docebosaas.com' } } });
  }

  const envelope = { message_id: 'wh-20260504-090000-1', original_domain: 'acme.docebosaas.com', webhook_id: 12 };

  it('gives each of 25 grouped payloads its own key, and each session one batch', async () => {
    const { app, hints } = aDoceboApp();
    const payloads = Array.from({ length: 25 }, (_, i) => ({ course_id: 342, session_id: 200 + (i % 3) }));

    const answer = await send(app, { body: { ...envelope, event: 'ilt.session.updated', payloads } });
    const again = await send(app, { body: { ...envelope, event: 'ilt.session.updated', payloads } });

    expect(answer.json()).toEqual({ accepted: 25, ignored: 0, unknown: 0 });
    const [first, second] = [hints.stored.slice(0, 3), hints.stored.slice(3)];
    expect(first.map((c) => [c.workflowId, c.batch.hints.length])).toEqual([
      ['session/acme/200', 9],
      ['session/acme/201', 8],
      ['session/acme/202', 8],
    ]);
    expect(new Set(first.flatMap((c) => c.batch.hints.map((h) => h.key))).size).toBe(25);
    expect(again.statusCode).toBe(200);
    expect(second.map((c) => c.batch.hints)).toEqual(first.map((c) => c.batch.hints));
  });

  it('reads the event names that Docebo keeps to itself', async () => {
    const { app, hints } = aDoceboApp();
    const [event] = profile.events.sessionChanged;

    await send(app, { body: { event, payload: placed(profile.webhook.sessionId, '77') } });

    expect(hints.stored.map((c) => c.workflowId)).toEqual(['session/acme/77']);
  });

  it('counts e-learning and calls nobody', async () => {
    const { app, hints } = aDoceboApp();
    const [event] = profile.events.courseChanged;

    const answer = await send(app, { body: { event, payload: { course_id: 5, type: 'elearning' } } });

    expect(answer.json()).toEqual({ accepted: 0, ignored: 1, unknown: 0 });
    expect(hints.calls).toEqual([]);
  });

  it('accepts an authentic event that nobody knows and reports keys, not values', async () => {
    const { app, reports } = aDoceboApp();
    const body = { ...envelope, event: 'badge.assigned', payload: { user: { mail: 'anna@example.com' } } };

    const answer = await send(app, { body });

    expect(answer.json()).toEqual({ accepted: 0, ignored: 0, unknown: 1 });
    expect(JSON.stringify(reports.unknown)).toContain('/user/mail');
    expect(JSON.stringify(reports.unknown)).not.toContain('anna');
  });

  it.each([
    ['no object', '[1]', 'INPUT_WEBHOOK_BODY', /the body is a list; send a JSON object/],
    ['null', 'null', 'INPUT_WEBHOOK_BODY', /the body is null/],
    ['a number', '7', 'INPUT_WEBHOOK_BODY', /the body is a number/],
    ['no event', { payload: {} }, 'INPUT_WEBHOOK_EVENT', /"event" is missing/],
    ['no payload', { event: 'x' }, 'INPUT_WEBHOOK_PAYLOAD', /neither "payload" nor "payloads"/],
    ['no payloads in the list', { event: 'x', payloads: [] }, 'INPUT_WEBHOOK_PAYLOAD', /"payloads" is empty/],
    ['26 payloads', { event: 'x', payloads: Array(26).fill({}) }, 'INPUT_WEBHOOK_TOO_MANY', /holds 26 payloads/],
    ['a payload in text', { event: 'x', payload: 'y' }, 'INPUT_WEBHOOK_PAYLOAD', /"payload" is a string/],
  ])('refuses a message with %s and says why', async (_, body, code, message) => {
    const { app, hints } = aDoceboApp();

    const answer = await send(app, { body });

    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code, message: textLike(message) });
    expect(hints.calls).toEqual([]);
  });
});

/** An object that holds the value where the last pointer says. */
function placed(pointers: readonly string[], value: string): unknown {
  const keys = (pointers.at(-1) ?? '').slice(1).split('/');
  return keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}
