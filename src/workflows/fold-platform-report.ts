import type { PlatformHealthState, PlatformReport } from '../contract/messages';
import type { UnknownEventShape } from '../domain/hints';
import { MAX_POINTERS, mergeUnknownShapes } from '../domain/merge-unknown-shapes';
import type { Instant, PlatformKey } from '../domain/model';

const MAX_UNKNOWN_EVENTS = 50;
const MAX_FOREIGN_DOMAINS = 20;
const MAX_NAME = 253;

export function freshPlatformHealth(platform: PlatformKey): PlatformHealthState {
  return {
    v: 1,
    platform,
    lastWebhookAt: null,
    webhooks: 0,
    authenticationFailures: 0,
    lastAuthenticationFailureAt: null,
    unknownEvents: [],
    coverage: null,
    foreignDomains: [],
  };
}

/**
 * The state after one report. Total: a signal that is no report (sent by hand, or by a newer version) changes nothing, since what a signal
 * handler throws would stop the workflow. Reports of several ingress processes come in any order.
 */
export function foldPlatformReport(state: PlatformHealthState, received: unknown): PlatformHealthState {
  const report = toReport(received);
  if (report === null) return state;
  const { at, count } = report;
  switch (report.kind) {
    case 'webhook':
      return { ...state, webhooks: state.webhooks + count, lastWebhookAt: latest(state.lastWebhookAt, at) };
    case 'authentication-failed':
      return {
        ...state,
        authenticationFailures: state.authenticationFailures + count,
        lastAuthenticationFailureAt: latest(state.lastAuthenticationFailureAt, at),
      };
    case 'unknown-event':
      return { ...state, unknownEvents: foldUnknownEvent(state.unknownEvents, report) };
    case 'foreign-domain':
      return { ...state, foreignDomains: foldForeignDomain(state.foreignDomains, report) };
    case 'coverage': {
      const { seats, covered, oldestGapSince } = report;
      const isOld = state.coverage !== null && state.coverage.at > at;
      return isOld ? state : { ...state, coverage: { at, seats, covered, oldestGapSince } };
    }
  }
}

type Report<K extends PlatformReport['kind']> = Extract<PlatformReport, { kind: K }>;

function foldUnknownEvent(
  known: PlatformHealthState['unknownEvents'],
  { shape, at, count }: Report<'unknown-event'>,
): PlatformHealthState['unknownEvents'] {
  const isSame = (entry: (typeof known)[number]): boolean =>
    entry.shape.event === shape.event && entry.shape.reason === shape.reason;
  const before = known.find(isSame);
  const entry =
    before === undefined
      ? { shape, firstAt: at, lastAt: at, count }
      : {
          shape: mergeUnknownShapes(before.shape, shape),
          firstAt: before.firstAt < at ? before.firstAt : at,
          lastAt: latest(before.lastAt, at),
          count: before.count + count,
        };
  return newest([entry, ...known.filter((other) => !isSame(other))], MAX_UNKNOWN_EVENTS);
}

function foldForeignDomain(
  known: PlatformHealthState['foreignDomains'],
  { domain, at, count }: Report<'foreign-domain'>,
): PlatformHealthState['foreignDomains'] {
  const before = known.find((entry) => entry.domain === domain);
  const entry = { domain, count: (before?.count ?? 0) + count, lastAt: latest(before?.lastAt ?? null, at) };
  return newest([entry, ...known.filter((other) => other.domain !== domain)], MAX_FOREIGN_DOMAINS);
}

/** Last seen first; the rest falls off. */
function newest<T extends { readonly lastAt: Instant }>(entries: readonly T[], limit: number): T[] {
  return [...entries].sort((a, b) => (a.lastAt < b.lastAt ? 1 : a.lastAt > b.lastAt ? -1 : 0)).slice(0, limit);
}

function latest(a: Instant | null, b: Instant): Instant {
  return a !== null && a > b ? a : b;
}

/** null: no report. Bounded, so that the state is. */
function toReport(received: unknown): PlatformReport | null {
  if (!isRecord(received)) return null;
  const { kind, at, count, domain, shape, seats, covered, oldestGapSince } = received;
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return null;
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 1) return null;
  switch (kind) {
    case 'webhook':
    case 'authentication-failed':
      return { kind, at, count };
    case 'foreign-domain':
      return typeof domain === 'string' ? { kind, at, count, domain: domain.slice(0, MAX_NAME) } : null;
    case 'unknown-event': {
      const bounded = toShape(shape);
      return bounded === null ? null : { kind, at, count, shape: bounded };
    }
    case 'coverage':
      if (typeof seats !== 'number' || typeof covered !== 'number') return null;
      return {
        kind,
        at,
        count,
        seats,
        covered,
        oldestGapSince: typeof oldestGapSince === 'string' ? oldestGapSince : null,
      };
    default:
      return null;
  }
}

function toShape(value: unknown): UnknownEventShape | null {
  if (!isRecord(value)) return null;
  const { event, reason, pointers } = value;
  if (typeof event !== 'string' || !Array.isArray(pointers)) return null;
  if (reason !== 'unknown-event' && reason !== 'missing-id') return null;
  const texts = pointers.filter((pointer): pointer is string => typeof pointer === 'string');
  return {
    event: event.slice(0, MAX_NAME),
    reason,
    pointers: texts.slice(0, MAX_POINTERS).map((pointer) => pointer.slice(0, MAX_NAME)),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
