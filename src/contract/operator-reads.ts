import type { ApiDefinition, InspectMailbox, MailboxFacts, PlatformFacts } from '../domain/inspection/facts';
import type { MailboxKey, PlatformKey } from '../domain/model';
import type { FindCalendarEventsInput, FoundCalendarEvents, PlanSessionInput, PlanSessionResult } from './activities';
import type { SweepResult } from './scheduled';

/**
 * What an operator may have read on a limited queue, by the workflow `onQueue`: activities that write nothing and mail nobody. Their results
 * may hold personal data, so that they exist under the payload codec alone.
 */
export interface OperatorReads {
  planSession(input: PlanSessionInput): Promise<PlanSessionResult>;
  lookForEvents(input: FindCalendarEventsInput): Promise<FoundCalendarEvents>;
  inspectPlatform(input: { readonly platform: PlatformKey }): Promise<PlatformFacts>;
  inspectMailbox(input: InspectMailbox): Promise<MailboxFacts>;
  readApiDefinition(input: {
    readonly platform: PlatformKey;
    /** Paths that are described in any case. */
    readonly wanted: readonly string[];
  }): Promise<ApiDefinition>;
  previewBackfill(input: { readonly platform: PlatformKey }): Promise<BackfillPreview>;
}

export type OperatorRead = keyof OperatorReads;

const READS: Readonly<Record<OperatorRead, true>> = {
  planSession: true,
  lookForEvents: true,
  inspectPlatform: true,
  inspectMailbox: true,
  readApiDefinition: true,
  previewBackfill: true,
};

/** Nothing else may be run by name. */
export function isOperatorRead(name: string): name is OperatorRead {
  return Object.hasOwn(READS, name);
}

export interface OnQueueInput {
  /** `doceboQueue` or `graphQueue`. */
  readonly queue: string;
  readonly activity: OperatorRead;
  readonly input: unknown;
}

/** A sweep's result without its memory. */
export type BackfillPreview = Omit<SweepResult, 'memory'>;

export interface BackfillRunInput {
  readonly platform: PlatformKey;
  /** Calendars that may hold events of Docebo Connect for this platform. */
  readonly mailboxes: readonly MailboxKey[];
  readonly doceboConnectIsOff: boolean;
  /** Between two rounds, so that Docebo's hourly limit is left to webhooks too. */
  readonly pauseMs: number;
  /** Only on continue-as-new. */
  readonly state?: {
    readonly memory: SweepResult['memory'];
    readonly progress: BackfillProgress;
  };
}

export interface BackfillProgress {
  readonly phase: 'calendars' | 'sessions' | 'pause' | 'done';
  /** Future events of Docebo Connect in the calendars. */
  readonly connectEvents: number;
  readonly rounds: number;
  /** Future sessions known so far. */
  readonly sessions: number;
  readonly coursesVisited: number;
  readonly coursesPlanned: number;
  /** Sessions told to look at themselves; one without a workflow gets one. */
  readonly hinted: number;
  /** Found, and left to the next round. */
  readonly waiting: number;
  readonly doceboCalls: number;
  /** What ended the last round before its end. */
  readonly stoppedBy: string | null;
  /** Courses whose list could not be read in full, by code. */
  readonly unreadable: Readonly<Record<string, number>>;
}
