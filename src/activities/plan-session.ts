import type { PlanSessionInput, PlanSessionResult } from '../contract/activities';
import type { AnswerPolicy } from '../contract/messages';
import type { CourseId, PlatformKey } from '../domain/model';
import { planSession } from '../domain/planning/plan-session';
import type { AddressKeys, Clock, Digest, TrainingSource } from '../domain/ports';
import type { AnswerSettings, PlatformSettings } from '../domain/settings';

export interface PlanningPorts {
  readonly trainingSourceOf: (platform: PlatformKey) => TrainingSource;
  readonly settingsOf: (platform: PlatformKey) => PlatformSettings;
  readonly keyOf: AddressKeys;
  readonly digest: Digest;
  readonly clock: Clock;
}

/** Reads Docebo only. The plan stands in history, so that a changed rule never makes a running workflow diverge. */
export function createPlanningActivities(ports: PlanningPorts) {
  return {
    async planSession(input: PlanSessionInput): Promise<PlanSessionResult> {
      const { platform, sessionId, ledger, notOlderThan } = input;
      const settings = ports.settingsOf(platform);
      const source = ports.trainingSourceOf(platform);
      const session = { sessionId, courseId: ledger.courseId, notOlderThan };
      const nothingWritten = Object.keys(ledger.events).length === 0;
      const reading = await (nothingWritten ? source.readUnlessOff(session) : source.readSession(session));
      const plan = planSession({
        reading,
        ledger,
        settings: settings.plan,
        routing: settings.routing,
        now: ports.clock.now().toISOString(),
        digest: ports.digest,
        keyOf: ports.keyOf,
      });
      const { defaultMailbox, routes } = settings.routing;
      const mailboxes = [...new Set([plan.mailbox, defaultMailbox, ...routes.map((r) => r.mailbox)])];
      return { plan, mailboxes, pace: settings.pace, answers: toAnswerPolicy(settings.answers, plan.ledger.courseId) };
    },
  };
}

function toAnswerPolicy(settings: AnswerSettings, courseId: CourseId | null): AnswerPolicy {
  const rule = settings.courseRules.find((r) => courseId !== null && r.courses.includes(courseId));
  return {
    writeBack: settings.writeBack,
    decline: rule?.decline ?? settings.decline,
    mandatory: courseId !== null && settings.mandatoryCourses.includes(courseId),
  };
}
