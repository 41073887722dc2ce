import type { WorkflowHandle } from '@temporalio/client';
import type { OperatorAnswer, OperatorRequest, PlatformHealthState, SessionState } from '../../contract/messages';
import type { SyncStatus } from '../../contract/search-attributes';
import type { CourseId, Instant, MailboxKey, PlatformKey, SessionId, SessionRef } from '../../domain/model';
import type { SessionStory } from './session-story';

/** How a workflow's run stands in Temporal's own words, in lower case. */
export type Execution =
  'running' | 'completed' | 'failed' | 'canceled' | 'terminated' | 'continued_as_new' | 'timed_out' | 'unknown';

/** Which sessions; what is left out does not narrow. */
export interface SessionFilter {
  readonly platform?: PlatformKey;
  readonly course?: CourseId;
  readonly statuses?: readonly SyncStatus[];
  readonly startsBefore?: Instant;
  /** More of Temporal's list filter, such as `ConvokeMailbox = "training"`. */
  readonly query?: string;
  /** Sessions whose workflow has ended too. */
  readonly ended?: boolean;
}

/** A session as Temporal's list has it, which may lag by seconds. */
export interface SessionRow {
  readonly platform: PlatformKey;
  readonly sessionId: SessionId;
  readonly status: SyncStatus;
  readonly courseId: CourseId | null;
  readonly mailbox: MailboxKey | null;
  readonly startsAt: Instant | null;
  readonly execution: Execution;
  readonly workflowId: string;
}

export interface SessionList {
  /** The earliest first; those without a start last. */
  readonly rows: readonly SessionRow[];
  /** All that match, whether or not they fitted into `rows`. */
  readonly matching: number;
  readonly counts: Readonly<Record<SyncStatus, number>>;
}

export interface SessionView {
  readonly ref: SessionRef;
  readonly workflowId: string;
  readonly runId: string;
  readonly execution: Execution;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly status: SyncStatus;
  readonly state: SessionState;
}

export interface PlatformCoverage {
  readonly platform: PlatformKey;
  /** As the last sweep found it; null: none has told yet. */
  readonly coverage: PlatformHealthState['coverage'];
}

export interface WorkflowRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  readonly execution: Execution;
  readonly startedAt: Instant;
}

/** A run's history as Temporal stores it, payloads still encrypted. */
export type StoredHistory = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/**
 * What an operator may ask of Temporal and do to sessions. Ids, counts and codes only.
 *
 * All of it throws: NotFoundError `TEMPORAL_NO_WORKFLOW`; UpstreamError `TEMPORAL_NO_WORKER` (no worker polls the queue),
 * `TEMPORAL_NO_ANSWER` (one did a moment ago, and the workflow does not answer), `TEMPORAL_NO_NAMESPACE`, `TEMPORAL_UNAVAILABLE`; AccessError
 * `TEMPORAL_ACCESS`; InputError `INPUT_QUERY`, `INPUT_OPERATOR_REQUEST`; ConfigError `CONFIG_CODEC_KEYS`.
 */
export interface Operator {
  /** @param limit how many rows at most; the counts are of all. */
  sessions(filter: SessionFilter, limit: number): Promise<SessionList>;
  session(ref: SessionRef): Promise<SessionView>;
  resync(ref: SessionRef, request: OperatorRequest): Promise<OperatorAnswer>;
  hold(ref: SessionRef, request: OperatorRequest): Promise<OperatorAnswer>;
  release(ref: SessionRef, request: OperatorRequest): Promise<OperatorAnswer>;
  /** Starts the session's workflow by a hint, where none runs; it looks through the calendar before it writes. */
  start(ref: SessionRef): Promise<OperatorAnswer>;
  /** Ends the run at once: nothing is cancelled in the calendar. The reason stands in Temporal. */
  terminate(ref: SessionRef, request: OperatorRequest): Promise<void>;
  /** @param platforms null: all that Temporal knows. */
  coverage(platforms: readonly PlatformKey[] | null): Promise<readonly PlatformCoverage[]>;
  /** What webhooks and sweeps told of the platform; null: nothing yet. */
  health(platform: PlatformKey): Promise<PlatformHealthState | null>;
  /** Runs under this id that are still there, the newest first. */
  runs(workflowId: string): Promise<readonly WorkflowRun[]>;
  history(workflowId: string, runId?: string): Promise<StoredHistory>;
  /** What the histories that are still there tell of a session, decrypted in memory: ids, counts and codes alone. */
  story(ref: SessionRef): Promise<SessionStory>;
}
