import type { PlatformHealthState, PlatformReport } from '../../../src/contract/messages';
import { foldPlatformReport, freshPlatformHealth } from '../../../src/workflows/fold-platform-report';

const at = (minute: number): string => new Date(Date.UTC(2026, 4, 4, 9, minute)).toISOString();

function folded(...reports: unknown[]): PlatformHealthState {
  return reports.reduce<PlatformHealthState>(foldPlatformReport, freshPlatformHealth('acme'));
}

function unknown(event: string, minute: number, pointers = ['/a'], count = 1): PlatformReport {
  return { kind: 'unknown-event', at: at(minute), count, shape: { event, reason: 'unknown-event', pointers } };
}

describe('folding a report into the health of a platform', () => {
  it('adds counts and keeps the latest time, whatever the order', () => {
    const state = folded(
      { kind: 'webhook', at: at(5), count: 3 },
      { kind: 'webhook', at: at(2), count: 4 },
      { kind: 'authentication-failed', at: at(9), count: 1 },
      { kind: 'authentication-failed', at: at(1), count: 2 },
    );

    expect(state).toMatchObject({
      webhooks: 7,
      lastWebhookAt: at(5),
      authenticationFailures: 3,
      lastAuthenticationFailureAt: at(9),
    });
  });

  it('joins reports of one event and reason, with first and last time and all fields', () => {
    const state = folded(unknown('a', 5, ['/b', '/a']), unknown('a', 2, ['/c'], 4), unknown('b', 3), {
      kind: 'unknown-event',
      at: at(4),
      count: 1,
      shape: { event: 'a', reason: 'missing-id', pointers: ['/z'] },
    });

    expect(state.unknownEvents).toEqual([
      {
        shape: { event: 'a', reason: 'unknown-event', pointers: ['/a', '/b', '/c'] },
        firstAt: at(2),
        lastAt: at(5),
        count: 5,
      },
      { shape: { event: 'a', reason: 'missing-id', pointers: ['/z'] }, firstAt: at(4), lastAt: at(4), count: 1 },
      { shape: { event: 'b', reason: 'unknown-event', pointers: ['/a'] }, firstAt: at(3), lastAt: at(3), count: 1 },
    ]);
  });

  it('keeps 50 unknown events: the one last seen longest ago goes', () => {
    const fifty = Array.from({ length: 50 }, (_, i) => unknown(`event.${i}`, i));
    const seenAgain = unknown('event.0', 55);

    const state = folded(...fifty, seenAgain, unknown('event.new', 56));

    const events = state.unknownEvents.map((entry) => entry.shape.event);
    expect(events).toHaveLength(50);
    expect(events.slice(0, 2)).toEqual(['event.new', 'event.0']);
    expect(events).not.toContain('event.1');
  });

  it('keeps 20 foreign domains, with counts', () => {
    const domain = (name: string, minute: number) => ({
      kind: 'foreign-domain',
      at: at(minute),
      domain: name,
      count: 2,
    });
    const twenty = Array.from({ length: 20 }, (_, i) => domain(`d${i}.example.com`, i));

    const state = folded(...twenty, domain('d0.example.com', 30), domain('new.example.com', 31));

    expect(state.foreignDomains).toHaveLength(20);
    expect(state.foreignDomains.slice(0, 2)).toEqual([
      { domain: 'new.example.com', count: 2, lastAt: at(31) },
      { domain: 'd0.example.com', count: 4, lastAt: at(30) },
    ]);
    expect(state.foreignDomains.some((entry) => entry.domain === 'd1.example.com')).toBe(false);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'webhook'],
    ['an unknown kind', { kind: 'moon-phase', at: at(1), count: 1 }],
    ['no time', { kind: 'webhook', count: 1 }],
    ['a time that is none', { kind: 'webhook', at: 'soon', count: 1 }],
    ['no count', { kind: 'webhook', at: at(1) }],
    ['a count that is none', { kind: 'webhook', at: at(1), count: -1 }],
    ['a count beyond numbers', { kind: 'webhook', at: at(1), count: Infinity }],
    ['no domain', { kind: 'foreign-domain', at: at(1), count: 1 }],
    ['no shape', { kind: 'unknown-event', at: at(1), count: 1 }],
    ['half a shape', { kind: 'unknown-event', at: at(1), count: 1, shape: { event: 'a', reason: 'unknown-event' } }],
    [
      'an unknown reason',
      { kind: 'unknown-event', at: at(1), count: 1, shape: { event: 'a', reason: 'x', pointers: [] } },
    ],
  ])('leaves the state as it is for what is no report: %s', (_, received) => {
    const state = freshPlatformHealth('acme');

    expect(foldPlatformReport(state, received)).toBe(state);
  });

  it('is bounded, whatever comes, and survives a round trip through JSON', () => {
    const long = 'x'.repeat(5_000);
    const pointers = Array.from({ length: 200 }, (_, i) => `/${i}${long}`);

    const reports = Array.from({ length: 60 }, (_, i) => unknown(`${i}${long}`, i, pointers));
    const state = folded(...reports, { kind: 'foreign-domain', at: at(1), count: 1, domain: long });

    expect(JSON.stringify(state).length).toBeLessThan(1_000_000);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});

test('the coverage of the latest sweep stands, whatever the order of reports', () => {
  const report = (at: string, covered: number) => ({
    kind: 'coverage',
    at,
    count: 1,
    seats: 10,
    covered,
    oldestGapSince: null,
  });
  const fresh = freshPlatformHealth('academy');

  const late = foldPlatformReport(
    foldPlatformReport(fresh, report('2026-05-02T00:00:00.000Z', 10)),
    report('2026-05-01T00:00:00.000Z', 3),
  );

  expect(late.coverage).toEqual({ at: '2026-05-02T00:00:00.000Z', seats: 10, covered: 10, oldestGapSince: null });
});
