import type { HintSessionsInput, ListSessionsInput, ListSessionsResult } from '../contract/activities';
import type { PlatformKey, SessionId } from '../domain/model';
import type { Clock, SessionHints, TrainingSource } from '../domain/ports';

export interface HintingPorts {
  readonly trainingSourceOf: (platform: PlatformKey) => TrainingSource;
  readonly hints: SessionHints;
  readonly clock: Clock;
}

/** Temporal's answer to one signalWithStart; an attempt of the activity as a whole is longer. */
const HINT_DEADLINE_MS = 10_000;
const AT_ONCE = 10;

export function createHintingActivities(ports: HintingPorts) {
  return {
    /** Future sessions of a course, or of all courses of a learning plan. */
    async listSessions({ platform, target }: ListSessionsInput): Promise<ListSessionsResult> {
      const source = ports.trainingSourceOf(platform);
      const now = ports.clock.now().toISOString();
      const courses =
        target.kind === 'course' ? [target.courseId] : await source.listLearningPlanCourses(target.learningPlanId);
      const sessionIds = new Set<SessionId>();
      let without = 0;
      let complete = true;
      for (const courseId of courses) {
        const listed = await source.listFutureSessions({ courseId, now });
        if (listed.kind === 'no-sessions') without++;
        if (listed.kind !== 'sessions') continue;
        for (const id of listed.sessionIds) sessionIds.add(id);
        complete &&= listed.complete;
      }
      return { sessionIds: [...sessionIds], noSessions: target.kind === 'course' && without === 1, complete };
    },

    /** Hints each session; a repeat is harmless, since the hints carry the same keys. */
    async hintSessions({ platform, sessionIds, receivedAt, hints }: HintSessionsInput): Promise<void> {
      for (let at = 0; at < sessionIds.length; at += AT_ONCE) {
        await Promise.all(
          sessionIds.slice(at, at + AT_ONCE).map((sessionId) =>
            ports.hints.hint({
              platform,
              batch: { target: { kind: 'session', sessionId }, receivedAt, hints },
              deadlineMs: HINT_DEADLINE_MS,
            }),
          ),
        );
      }
    },
  };
}
