import type { FastifyInstance } from 'fastify';
import type { AppDeps } from '../../src/api/app-deps';
import { buildApp } from '../../src/api/build-app';
import { InputError } from '../../src/domain/errors';
import type { TargetedHint } from '../../src/domain/hints';
import type { ReadWebhook } from '../../src/domain/ports';
import { FakeIngressMetrics } from '../fakes/fake-ingress-metrics';
import { FakePlatformReports } from '../fakes/fake-platform-reports';
import { FakeSessionHints } from '../fakes/fake-session-hints';

export const NOW = new Date('2026-05-04T09:00:00.000Z');
export const RIGHT = basic('docebo', 'new secret');

export interface AppUnderTest {
  readonly app: FastifyInstance;
  readonly hints: FakeSessionHints;
  readonly reports: FakePlatformReports;
  readonly metrics: FakeIngressMetrics;
}

const apps: FastifyInstance[] = [];

export function anApp(overrides: Partial<AppDeps> = {}): AppUnderTest {
  const hints = new FakeSessionHints();
  const reports = new FakePlatformReports();
  const metrics = new FakeIngressMetrics();
  const app = buildApp({
    platforms: {
      acme: {
        readWebhook: tinyReader,
        credentials: [
          { user: 'docebo', password: 'new secret' },
          { user: 'docebo', password: 'old: secret' },
        ],
        originalDomain: 'acme.docebosaas.com',
      },
      globex: { readWebhook: tinyReader, credentials: [{ user: 'globex', password: 'other' }], originalDomain: null },
    },
    hints,
    reports,
    metrics,
    access: null,
    operator: null,
    notifications: null,
    codec: null,
    readiness: async () => ({ ready: true }),
    clock: { now: () => NOW },
    logger: false,
    ...overrides,
  });
  apps.push(app);
  return { app, hints, reports, metrics };
}

/** For `afterEach`. */
export async function closeApps(): Promise<void> {
  await Promise.all(apps.splice(0).map((app) => app.close()));
}

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

/** jest's matchers, typed as what they stand for. */
export const someText = expect.any(String) as string;

export function textLike(pattern: RegExp): string {
  return expect.stringMatching(pattern) as string;
}

interface Sending {
  readonly body?: unknown;
  /** undefined takes a header away. */
  readonly headers?: Record<string, string | undefined>;
  readonly platform?: string;
}

/** What Docebo sends; `body` as JSON, or as it is when it is text or bytes. */
export function send(app: FastifyInstance, { body, headers, platform = 'acme' }: Sending = {}) {
  const payload = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return app.inject({
    method: 'POST',
    url: `/webhooks/docebo/${platform}`,
    headers: { authorization: RIGHT, 'content-type': 'application/json', ...headers },
    payload,
  });
}

/** Stands for Docebo's reader: `sessions` become hints, one each; `unknown` and `ignored` are counted. */
export const tinyReader: ReadWebhook = (body) => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new InputError('This is no Docebo webhook message: the body is no object.', { code: 'INPUT_WEBHOOK_BODY' });
  }
  const { sessions = [], course, unknown, ignored = {}, domain = null } = body as TinyMessage;
  const hints = sessions.map((sessionId, position): TargetedHint => hint(`m:${position}`, sessionId));
  if (course !== undefined) {
    hints.push({
      target: { kind: 'course', courseId: course },
      hint: { key: 'm:c', kind: 'course-changed', courseId: course, eventId: null, userId: null },
    });
  }
  return {
    event: 'ilt.session.updated',
    originalDomain: domain,
    hints,
    ignored,
    unknown: unknown === undefined ? [] : [{ event: unknown, pointers: ['/a', '/b'], reason: 'unknown-event' }],
  };
};

export interface TinyMessage {
  readonly sessions?: readonly string[];
  readonly course?: string;
  readonly unknown?: string;
  readonly ignored?: Record<string, number>;
  readonly domain?: string | null;
}

function hint(key: string, sessionId: string): TargetedHint {
  return {
    target: { kind: 'session', sessionId },
    hint: { key, kind: 'session-changed', courseId: null, eventId: null, userId: null },
  };
}
