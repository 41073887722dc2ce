import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DigestDecision, DigestFailure } from '../../../../src/domain/failures/decide-digest';
import type { DigestContent, DigestLinks } from '../../../../src/domain/failures/digest-view';
import type { DigestMemory, FailureNotice } from '../../../../src/domain/failures/failure-notice';
import type { FailingSession, FailureReading, WebhookHealth } from '../../../../src/domain/failures/failure-reading';
import type { DigestTemplates } from '../../../../src/domain/failures/render-digest';

export const NOW = '2026-05-04T10:00:00.000Z';

/** `NOW` and so many hours. */
export function hoursFromNow(hours: number): string {
  return new Date(Date.parse(NOW) + hours * 3_600_000).toISOString();
}

export function aFailingSession(over: Partial<FailingSession> & { readonly code?: string } = {}): FailingSession {
  const { code = 'GRAPH_ACCESS', ...rest } = over;
  return {
    platform: 'academy',
    sessionId: '54',
    mailbox: 'training',
    startsAt: hoursFromNow(24),
    learners: 20,
    failures: [{ code, message: 'Graph refuses access (403).', since: hoursFromNow(-2) }],
    ...rest,
  };
}

export function someHealth(over: Partial<WebhookHealth> = {}): WebhookHealth {
  return {
    platform: 'academy',
    lastWebhookAt: hoursFromNow(-1),
    authenticationFailures: 0,
    lastAuthenticationFailureAt: null,
    unknownEvents: [],
    foreignDomains: [],
    ...over,
  };
}

export function aReading(
  over: {
    readonly sessions?: Partial<FailureReading['sessions']>;
    readonly health?: Partial<FailureReading['health']>;
    readonly other?: Partial<FailureReading['other']>;
  } = {},
): FailureReading {
  return {
    sessions: { sessions: [], unreadable: [], further: 0, ...over.sessions },
    health: { platforms: [someHealth()], complete: true, ...over.health },
    other: { problems: [], complete: true, ...over.other },
  };
}

export function aNotice(over: Partial<FailureNotice> = {}): FailureNotice {
  const { code = 'GRAPH_ACCESS', scope = 'mailbox/training' } = over;
  return {
    cause: `${code} ${scope}`,
    code,
    scope,
    platform: 'academy',
    sessions: [{ platform: 'academy', sessionId: '54', startsAt: hoursFromNow(24), learners: 20 }],
    count: 1,
    learners: 20,
    since: hoursFromNow(-2),
    messages: ['Graph refuses access (403 ErrorAccessDenied) to GET /users/training/events.'],
    workflows: [],
    ...over,
  };
}

export function aFailure(over: Partial<DigestFailure> = {}): DigestFailure {
  return { again: false, ...aNotice(over), ...over };
}

export function aMemory(sent: DigestMemory['sent'] = {}): DigestMemory {
  return { v: 1, sent };
}

export const NO_LINKS: DigestLinks = { session: () => null, platform: () => null, workflow: () => null, failing: null };

const UI = 'https://temporal.example.com/namespaces/convoke/workflows';
export const LINKS: DigestLinks = {
  session: ({ platform, sessionId }) => `${UI}/session%2F${platform}%2F${sessionId}`,
  platform: (platform) => `${UI}/platform%2F${platform}`,
  workflow: (id) => `${UI}/${encodeURIComponent(id)}`,
  failing: `${UI}?query=${encodeURIComponent('SyncStatus="error"')}`,
};

export function aDecision(over: Partial<DigestDecision> = {}): Omit<DigestDecision, 'memory'> {
  return { failures: [], recovered: [], waiting: 0, ...over };
}

export function someContent(over: Partial<DigestContent> = {}): DigestContent {
  return {
    decision: aDecision({ failures: [aFailure()] }),
    furtherSessions: 0,
    now: NOW,
    links: LINKS,
    names: new Map(),
    ...over,
  };
}

export function shippedTemplates(): DigestTemplates {
  const read = (file: string): string => readFileSync(path.resolve(__dirname, '../../../../templates', file), 'utf8');
  return { html: read('failure-digest.html'), text: read('failure-digest.txt') };
}

export function golden(file: string): string {
  return readFileSync(path.join(__dirname, 'golden', file), 'utf8');
}
