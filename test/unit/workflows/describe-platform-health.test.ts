import type { PlatformHealthState } from '../../../src/contract/messages';
import { describePlatformHealth } from '../../../src/workflows/describe-platform-health';
import { freshPlatformHealth } from '../../../src/workflows/fold-platform-report';

function described(over: Partial<PlatformHealthState> = {}): string {
  return describePlatformHealth({ ...freshPlatformHealth('acme'), ...over });
}

function unknownEvent(event: string, pointers: string[] = ['/a']) {
  const at = '2026-05-04T09:00:00.000Z';
  return { shape: { event, pointers, reason: 'unknown-event' as const }, firstAt: at, lastAt: at, count: 3 };
}

describe('the details of a platform in the Web UI', () => {
  it('ask the right question when no webhook has come', () => {
    expect(described()).toMatch(/no webhook accepted so far: is it active in Docebo/);
    expect(described()).toMatch(/no message had wrong credentials/);
    expect(described()).not.toMatch(/led to nothing|another domain/);
  });

  it('tell what came and what to do about the rest', () => {
    const text = described({
      lastWebhookAt: '2026-05-04T09:00:00.000Z',
      webhooks: 12,
      authenticationFailures: 2,
      lastAuthenticationFailureAt: '2026-05-04T08:00:00.000Z',
      foreignDomains: [{ domain: 'sandbox.docebosaas.com', count: 4, lastAt: '2026-05-04T07:00:00.000Z' }],
      unknownEvents: [unknownEvent('badge.assigned', ['/user_id', '/badge'])],
    });

    expect(text).toContain('- last accepted 2026-05-04T09:00:00.000Z; 12 since this record began');
    expect(text).toContain('**2 messages had wrong credentials**, the last at 2026-05-04T08:00:00.000Z');
    expect(text).toContain('keep the old one');
    expect(text).toContain('- `sandbox.docebosaas.com`: 4, last 2026-05-04T07:00:00.000Z');
    expect(text).toContain(
      '| `badge.assigned` | not in the profile | 3 | 2026-05-04T09:00:00.000Z | 2026-05-04T09:00:00.000Z | `/user_id` `/badge` |',
    );
  });

  it('stay short, and say what they leave out', () => {
    const pointers = Array.from({ length: 60 }, (_, i) => `/field_${i}`);
    const text = described({
      unknownEvents: Array.from({ length: 50 }, (_, i) => unknownEvent(`event.${i}`, pointers)),
    });

    expect(text.length).toBeLessThan(20_000);
    expect(text).toContain('and 48 more');
    expect(text).toContain('and 30 more: query `health`');
  });

  it('keep names from outside in their place', () => {
    const text = described({ unknownEvents: [unknownEvent('a` | <b>\n# owned')] });

    expect(text).toContain('| `a    <b> # owned` |');
  });
});
