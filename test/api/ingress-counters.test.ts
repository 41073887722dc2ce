import { createIngressCounters } from '../../src/api/ingress-counters';
import { Metrics } from '../../src/app/telemetry/metrics';
import { anApp, closeApps, send } from './an-app';

afterEach(closeApps);

const ANSWERED = expect.stringMatching(/^\d/) as string;

function served() {
  const metrics = new Metrics('api');
  const lines: Record<string, unknown>[] = [];
  const stream = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const { app } = anApp({
    metrics: createIngressCounters(metrics, { warn: () => undefined }),
    logger: { level: 'info', stream },
  });
  const value = async (name: string) =>
    (await metrics.text()).split('\n').flatMap((line) => (line.startsWith(`${name} `) ? [line.split(' ')[1]] : []))[0];
  return { app, lines, value };
}

describe('what the ingress counts', () => {
  it('accepted messages by what became of their payloads, with the time to the answer', async () => {
    const { app, value } = served();

    await send(app, { body: { sessions: ['1', '2'], unknown: 'x.y', ignored: { elearning: 4 } } });

    expect(await value('convoke_webhook_duration_seconds_count{platform="acme",outcome="accepted"}')).toBe('1');
    expect(await value('convoke_webhook_payloads_total{platform="acme",became="hint"}')).toBe('2');
    expect(await value('convoke_webhook_payloads_total{platform="acme",became="unknown"}')).toBe('1');
    expect(await value('convoke_webhook_payloads_total{platform="acme",became="ignored"}')).toBe('4');
    expect(await value('convoke_webhook_last_accepted_timestamp_seconds{platform="acme"}')).toEqual(ANSWERED);
    expect(await value('convoke_webhooks_foreign_domain_total{platform="acme"}')).toBeUndefined();
  });

  it('messages that name another Docebo', async () => {
    const { app, value } = served();

    await send(app, { body: { sessions: ['1'], domain: 'other.docebosaas.com' } });

    expect(await value('convoke_webhooks_foreign_domain_total{platform="acme"}')).toBe('1');
  });

  it('refused messages by code, and never by what strangers write into the path', async () => {
    const { app, value } = served();

    await send(app, { body: 'no JSON' });
    await send(app, { body: {}, headers: { authorization: 'Basic eDp5' } });
    await send(app, { body: {}, platform: 'anna@example.com' });

    expect(await value('convoke_webhooks_refused_total{platform="acme",code="INPUT_BODY_NOT_JSON"}')).toBe('1');
    expect(await value('convoke_webhooks_refused_total{platform="acme",code="INGRESS_UNAUTHORIZED"}')).toBe('1');
    expect(await value('convoke_webhooks_refused_total{platform="(none)",code="INGRESS_PLATFORM_UNKNOWN"}')).toBe('1');
    expect(await value('convoke_webhook_duration_seconds_count{platform="acme",outcome="refused"}')).toBe('2');
  });
});

test('notifications of Graph are counted by mailbox and kind, and those of strangers under no name of theirs', async () => {
  const metrics = new Metrics('api');
  const lines: string[] = [];
  const log = (_fields: object, message: string): void => void lines.push(message);
  const counters = createIngressCounters(metrics, { warn: log });

  counters.notificationsReceived({ mailbox: 'training', changes: 2, lifecycle: 1, refused: 0 });
  counters.notificationsReceived({ mailbox: null, changes: 0, lifecycle: 0, refused: 3 });
  counters.notificationsRefused({ mailbox: 'training', code: 'INPUT_BODY_NOT_JSON' });

  const text = await metrics.text();
  expect(text).toContain('convoke_notifications_total{mailbox="training",kind="change"} 2');
  expect(text).toContain('convoke_notifications_total{mailbox="training",kind="lifecycle"} 1');
  expect(text).toContain('convoke_notifications_total{mailbox="(none)",kind="forged"} 3');
  expect(text).toContain('convoke_notifications_refused_total{mailbox="training",code="INPUT_BODY_NOT_JSON"} 1');
  expect(lines).toEqual(['notifications without the right secret', 'notification refused']);
});
