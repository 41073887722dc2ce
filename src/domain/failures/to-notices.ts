import type { Instant } from '../model';
import {
  causeOf,
  MESSAGES_TOLD,
  SESSIONS_TOLD,
  WORKFLOWS_TOLD,
  type AffectedSession,
  type FailureNotice,
} from './failure-notice';
import type { FailingSession, FailureReading } from './failure-reading';
import { scopeOf, type FailurePlace } from './scope-of';
import { webhookNotices } from './webhook-notices';

const MESSAGE_LENGTH = 600;

/** A failure as one session or run met it. */
interface Sighting {
  readonly code: string;
  readonly place: FailurePlace;
  readonly since: Instant;
  readonly message: string;
  readonly session: AffectedSession | null;
  readonly workflowId: string | null;
}

/**
 * Everything that is wrong, one notice a cause: the same code in the same scope, whether a session, a poll or a sweep met it. A session that
 * meets a cause at several of its events counts once.
 */
export function toNotices(reading: FailureReading, now: Instant): FailureNotice[] {
  const sightings = [
    ...reading.sessions.sessions.flatMap(sightingsOf),
    ...reading.sessions.unreadable.map((ref): Sighting => unreadable({ ...ref, startsAt: null, learners: 0 }, now)),
    ...reading.other.problems.map(({ code, platform, mailbox, since, message, workflowId }): Sighting => ({
      code,
      place: { platform, mailbox },
      since,
      message,
      session: null,
      workflowId,
    })),
  ];
  const byCause = new Map<string, [Sighting, ...Sighting[]]>();
  for (const sighting of sightings) {
    const cause = causeOf(sighting.code, scopeOf(sighting.code, sighting.place));
    const met = byCause.get(cause);
    if (met === undefined) byCause.set(cause, [sighting]);
    else met.push(sighting);
  }
  return [
    ...[...byCause].map(([cause, met]) => fold(cause, met, now)),
    ...reading.health.platforms.flatMap((health) => webhookNotices(health, now)),
  ];
}

function sightingsOf(failing: FailingSession): Sighting[] {
  const { platform, sessionId, startsAt, learners, mailbox } = failing;
  return failing.failures.map(({ code, message, since }) => ({
    code,
    place: { platform, mailbox },
    since,
    message,
    session: { platform, sessionId, startsAt, learners },
    workflowId: null,
  }));
}

function unreadable(session: AffectedSession, now: Instant): Sighting {
  return {
    code: 'SESSION_UNREADABLE',
    place: { platform: session.platform, mailbox: null },
    since: now,
    message: 'The workflow is listed as failing and does not answer the question for its state.',
    session,
    workflowId: null,
  };
}

function fold(cause: string, met: [Sighting, ...Sighting[]], now: Instant): FailureNotice {
  const [first] = met.sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
  const scope = scopeOf(first.code, first.place);
  const sessions = new Map(
    met.flatMap(({ session }) => (session === null ? [] : [[keyOf(session), session] as const])),
  );
  const platforms = new Set(met.map(({ place }) => place.platform));
  return {
    cause,
    code: first.code,
    scope,
    platform: platforms.size === 1 ? first.place.platform : null,
    sessions: [...sessions.values()].sort((a, b) => bySoonest(a, b, now)).slice(0, SESSIONS_TOLD),
    count: sessions.size,
    learners: [...sessions.values()].reduce((sum, { learners }) => sum + learners, 0),
    since: first.since,
    messages: [...new Set(met.map(({ message }) => cut(message)))].slice(0, MESSAGES_TOLD),
    workflows: [...new Set(met.flatMap(({ workflowId }) => workflowId ?? []))].slice(0, WORKFLOWS_TOLD),
  };
}

function keyOf({ platform, sessionId }: AffectedSession): string {
  return `${platform}/${sessionId}`;
}

/** Texts of others may be long. */
function cut(message: string): string {
  return message.length <= MESSAGE_LENGTH ? message : `${message.slice(0, MESSAGE_LENGTH - 1)}…`;
}

/** Those to come, the soonest first; then those without a time; then those that have begun, the latest first. */
function bySoonest(a: AffectedSession, b: AffectedSession, now: Instant): number {
  const [rankA, rankB] = [rank(a, now), rank(b, now)];
  if (rankA !== rankB) return rankA - rankB;
  const [startA, startB] = [a.startsAt ?? '', b.startsAt ?? ''];
  if (startA !== startB) return startA < startB === (rankA === 0) ? -1 : 1;
  return a.sessionId < b.sessionId ? -1 : 1;
}

function rank({ startsAt }: AffectedSession, now: Instant): 0 | 1 | 2 {
  if (startsAt === null) return 1;
  return startsAt >= now ? 0 : 2;
}
