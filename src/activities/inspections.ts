import type { OperatorReads } from '../contract/operator-reads';
import type { ApiDefinitionSource, MailboxInspector } from '../domain/inspection/facts';
import type { MailboxKey, PlatformKey } from '../domain/model';
import type { CalendarPorts } from './calendar';
import { findEvents } from './calendar/find-events';
import { inspectPlatform, type PlatformLook } from './inspections/inspect-platform';
import { createPlanningActivities, type PlanningPorts } from './plan-session';
import { runSweep, type SweepPorts } from './sweep/run-sweep';

export interface InspectionPorts {
  readonly platformLookOf: (platform: PlatformKey) => PlatformLook;
  readonly mailboxInspectorOf: (mailbox: MailboxKey) => MailboxInspector;
  readonly apiDefinitionOf: (platform: PlatformKey) => ApiDefinitionSource;
}

type Ports = InspectionPorts &
  Omit<SweepPorts, 'settingsOf'> &
  Pick<CalendarPorts, 'storeOf' | 'doceboConnectOf' | 'keyOf'> &
  Pick<PlanningPorts, 'settingsOf'>;

/** What an operator has looked at. Reads alone, so that each is also run outside of a worker when there is none. */
export function createInspectionActivities(ports: Ports): Omit<OperatorReads, 'planSession'> {
  return {
    inspectPlatform: ({ platform }) => inspectPlatform(ports.platformLookOf(platform)),

    inspectMailbox: ({ mailbox, ...what }) => ports.mailboxInspectorOf(mailbox).inspect(what),

    readApiDefinition: ({ platform, wanted }) => ports.apiDefinitionOf(platform).readDefinition(wanted),

    /** As `findCalendarEvents`, and without ever stamping what it finds. */
    lookForEvents(input) {
      const settings = { ...ports.settingsOf(input.platform).calendar, adoptStamp: false };
      const connect = ports.doceboConnectOf?.(input.platform, input.mailbox) ?? null;
      return findEvents({ ...ports, store: ports.storeOf(input.mailbox), settings, connect }, input);
    },

    /** A backfill that hints nobody: what it would find. */
    async previewBackfill({ platform }) {
      const silent: SweepPorts = {
        ...ports,
        hints: { hint: async () => undefined },
        sweepSettingsOf: (of) => ({ ...ports.sweepSettingsOf(of), callsPerHint: 0 }),
      };
      const { memory: _, ...result } = await runSweep(silent, { platform, horizon: 'all', memory: null }, 'backfill');
      return result;
    },
  };
}

/** All that an operator may have read, without a worker's wrapping. */
export function createOperatorReads(ports: Ports & PlanningPorts): OperatorReads {
  const planning = createPlanningActivities(ports);
  return { planSession: (input) => planning.planSession(input), ...createInspectionActivities(ports) };
}
