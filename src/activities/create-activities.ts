import { createAnswerActivities, type AnswerPorts } from './answers';
import { createCalendarActivities, type CalendarPorts } from './calendar';
import { createDigestActivities, type DigestPorts } from './failure-digest';
import { createConnectActivities, type ConnectPorts } from './index-docebo-connect';
import { createInspectionActivities, type InspectionPorts } from './inspections';
import { createHintingActivities, type HintingPorts } from './hint-sessions';
import { createPlanningActivities, type PlanningPorts } from './plan-session';
import { createCoverageActivities, type CoveragePorts } from './publish-coverage';
import { createRsvpActivities, type RsvpPorts } from './poll-rsvps';
import { createRenderingActivities, type RenderingPorts } from './render-invitation';
import { createSweepActivities, type SweepPorts } from './sweep';
import { createSubscriptionActivities, type SubscriptionPorts } from './subscriptions';
import { toApplicationFailure } from './to-application-failure';

export type ActivityPorts = PlanningPorts &
  RenderingPorts &
  HintingPorts &
  CalendarPorts &
  AnswerPorts &
  RsvpPorts &
  SubscriptionPorts &
  SweepPorts &
  CoveragePorts &
  ConnectPorts &
  InspectionPorts &
  DigestPorts & {
    /** Told of every error before it is translated, with its stack: for the log. */
    readonly onError: (activity: string, error: unknown) => void;
    /** Runs an attempt, and tells Temporal meanwhile that it lives. */
    readonly keepAlive: <T>(attempt: () => Promise<T>) => Promise<T>;
  };

/** All effects of the workflows. Each is safe to run more than once. */
export function createActivities(ports: ActivityPorts) {
  return wrapAttempts(
    {
      ...createPlanningActivities(ports),
      ...createRenderingActivities(ports),
      ...createHintingActivities(ports),
      ...createCalendarActivities(ports),
      ...createAnswerActivities(ports),
      ...createRsvpActivities(ports),
      ...createSubscriptionActivities(ports),
      ...createSweepActivities(ports),
      ...createCoverageActivities(ports),
      ...createDigestActivities(ports),
      ...createConnectActivities(ports),
      ...createInspectionActivities(ports),
    },
    ports,
  );
}

export type Activities = ReturnType<typeof createActivities>;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the wrapper keeps every activity's own signature
function wrapAttempts<T extends Record<string, (input: any) => Promise<unknown>>>(
  activities: T,
  { onError, keepAlive }: Pick<ActivityPorts, 'onError' | 'keepAlive'>,
): T {
  const translated = Object.entries(activities).map(([name, activity]) => [
    name,
    async (input: unknown): Promise<unknown> => {
      try {
        return await keepAlive(() => activity(input));
      } catch (error) {
        onError(name, error);
        throw toApplicationFailure(error);
      }
    },
  ]);
  return Object.fromEntries(translated) as T;
}
