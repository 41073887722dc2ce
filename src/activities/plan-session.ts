import type { PlanSessionInput, PlanSessionResult } from '../contract/activities';
import type { AnswerPolicy } from '../contract/messages';
import type { CourseId, NotRead, PlatformKey, SessionReading, SwitchedOff } from '../domain/model';
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
      const { platform, ledger } = input;
      const settings = ports.settingsOf(platform);
      const reading = await read(ports.trainingSourceOf(platform), input, settings.plan.rsvp === 'frozen');
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

/** No further than the plan uses: a frozen platform's limit is left to whoever else needs it. */
async function read(
  source: TrainingSource,
  { sessionId, ledger, notOlderThan, evenIfFrozen }: PlanSessionInput,
  isFrozen: boolean,
): Promise<SessionReading | SwitchedOff | NotRead> {
  if (isFrozen && evenIfFrozen !== true) return { kind: 'not-read' };
  const session = { sessionId, courseId: ledger.courseId, notOlderThan };
  const nothingWritten = Object.keys(ledger.events).length === 0;
  return nothingWritten ? source.readUnlessOff(session) : source.readSession(session);
}

function toAnswerPolicy(settings: AnswerSettings, courseId: CourseId | null): AnswerPolicy {
  const rule = settings.courseRules.find((r) => courseId !== null && r.courses.includes(courseId));
  return {
    writeBack: settings.writeBack,
    decline: rule?.decline ?? settings.decline,
    mandatory: courseId !== null && settings.mandatoryCourses.includes(courseId),
  };
}
