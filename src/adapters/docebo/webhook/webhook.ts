import type { Hint, HintKind, HintTarget, TargetedHint } from '../../../domain/hints';
import type { Digest, ReadWebhook } from '../../../domain/ports';
import { readFirstAs } from '../profile/json-pointers';
import { createEventMatcher } from './match-event';
import { describeShape } from './payload-shape';
import type { EventList, TenantProfile } from '../profile/profile';
import { parseWebhookMessage } from './webhook-message';
import { toFilledText, toId, type JsonObject } from '../api/wire';

interface PayloadIds {
  readonly courseId: string | null;
  readonly sessionId: string | null;
  readonly eventId: string | null;
  readonly userId: string | null;
  readonly learningPlanId: string | null;
}

const HINT_KINDS: Readonly<Record<EventList, HintKind>> = {
  sessionChanged: 'session-changed',
  eventChanged: 'event-changed',
  courseChanged: 'course-changed',
  learningPlanUnenrolled: 'learning-plan-left',
  alsoSession: 'session-changed',
};

/**
 * Reads webhook messages by a tenant profile: which session, course or learning plan to look at. Nothing but ids is taken from a payload;
 * what changed is read from the API.
 *
 * Each payload of a grouped message has its own key, made from message id and position. A message without an id gets the hash of its whole
 * body, which is the same when it is delivered again.
 */
export function createReadWebhook(profile: TenantProfile, options: { readonly digest: Digest }): ReadWebhook {
  const { digest } = options;
  const matchEvent = createEventMatcher(profile.events);
  return (body) => {
    const { messageId, event, originalDomain, payloads } = parseWebhookMessage(body, profile.webhook);
    const meaning = matchEvent(event);
    if (meaning === undefined) {
      const unknown = [describeShape({ event, payloads, reason: 'unknown-event' })];
      return { event, originalDomain, hints: [], ignored: {}, unknown };
    }
    const message = messageId ?? digest(JSON.stringify(body));
    const hints: TargetedHint[] = [];
    const withoutId: JsonObject[] = [];
    let elearning = 0;
    payloads.forEach((payload, position) => {
      if (meaning === 'courseChanged' && isElearning(payload, profile)) {
        elearning++;
        return;
      }
      const ids = readIds(payload, profile.webhook);
      const target = chooseTarget(meaning, ids);
      if (target === null) withoutId.push(payload);
      else hints.push({ target, hint: toHint(digest(`${message}:${position}`), meaning, ids) });
    });
    const ignored: Record<string, number> = elearning > 0 ? { elearning } : {};
    return {
      event,
      originalDomain,
      hints,
      ignored,
      unknown: withoutId.length > 0 ? [describeShape({ event, payloads: withoutId, reason: 'missing-id' })] : [],
    };
  };
}

function readIds(payload: JsonObject, pointers: TenantProfile['webhook']): PayloadIds {
  const id = (of: readonly string[]): string | null => readFirstAs(payload, of, toId) ?? null;
  return {
    courseId: id(pointers.courseId),
    sessionId: id(pointers.sessionId),
    eventId: id(pointers.eventId),
    userId: id(pointers.userId),
    learningPlanId: id(pointers.learningPlanId),
  };
}

/** What to look at; null when the payload does not tell. */
function chooseTarget(meaning: EventList, ids: PayloadIds): HintTarget | null {
  const session: HintTarget | null = ids.sessionId === null ? null : { kind: 'session', sessionId: ids.sessionId };
  const course: HintTarget | null = ids.courseId === null ? null : { kind: 'course', courseId: ids.courseId };
  switch (meaning) {
    case 'sessionChanged':
    case 'alsoSession':
      return session;
    case 'eventChanged':
      // A payload may name the event and its course alone: then the course's sessions are looked through.
      return session ?? course;
    case 'courseChanged':
      return course;
    case 'learningPlanUnenrolled':
      return ids.learningPlanId === null ? null : { kind: 'learning-plan', learningPlanId: ids.learningPlanId };
  }
}

function toHint(key: string, meaning: EventList, { courseId, eventId, userId }: PayloadIds): Hint {
  return { key, kind: HINT_KINDS[meaning], courseId, eventId, userId };
}

/** E-learning has no sessions. */
function isElearning(payload: JsonObject, profile: TenantProfile): boolean {
  const type = readFirstAs(payload, profile.webhook.courseType, toFilledText);
  return type?.trim().toLowerCase() === 'elearning';
}
