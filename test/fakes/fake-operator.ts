import { freshState } from '../../src/workflows/session-state';
import type {
  Operator,
  SessionFilter,
  SessionList,
  SessionRow,
  SessionStory,
  SessionView,
  StoredHistory,
  WorkflowRun,
} from '../../src/app/open-operator';
import type { DryRunReport } from '../../src/app/dry-run';
import type { OperatorRequest, PlatformHealthState, SessionState } from '../../src/contract/messages';
import type { SyncStatus } from '../../src/contract/search-attributes';
import { NotFoundError, type AppError } from '../../src/domain/errors';
import type { PlatformCoverage } from '../../src/app/open-operator';
import type { SessionRef } from '../../src/domain/model';
import { sessionWorkflowId } from '../../src/contract/ids';
import { QUICK_PACE } from '../support/pace';

/** A state as a workflow would answer it, with changes. */
export function aSessionState(over: Partial<SessionState> = {}): SessionState {
  const base = freshState({ platform: 'academy', sessionId: '5401', pace: QUICK_PACE });
  return { ...base, ...over };
}

/** Sessions in memory: what is asked of them is remembered in `asked`. */
export class FakeOperator implements Operator {
  readonly views = new Map<string, SessionView>();
  readonly asked: string[] = [];
  readonly filters: SessionFilter[] = [];
  coverages: PlatformCoverage[] = [];
  readonly healths = new Map<string, PlatformHealthState>();
  told: SessionStory = { runs: 1, events: 3, from: '2026-11-01T00:00:00.000Z', complete: true, calls: [] };
  storyFails: AppError | null = null;
  readonly runsOf = new Map<string, readonly WorkflowRun[]>();
  readonly histories = new Map<string, StoredHistory>();
  /** Thrown by whatever asks this workflow. */
  readonly failures = new Map<string, AppError>();

  add(state: SessionState, over: Partial<SessionView> = {}): this {
    const ref = { platform: state.platform, sessionId: state.sessionId };
    const workflowId = sessionWorkflowId(ref);
    const times = { startedAt: '2026-11-01T00:00:00.000Z', endedAt: null };
    this.views.set(workflowId, {
      ref,
      workflowId,
      runId: 'run-1',
      execution: 'running',
      status: 'in_sync',
      state,
      ...times,
      ...over,
    });
    return this;
  }

  async sessions(filter: SessionFilter, limit: number): Promise<SessionList> {
    this.filters.push(filter);
    const all = [...this.views.values()].filter(({ status }) => filter.statuses?.includes(status) ?? true);
    const rows = all.map(({ ref, status, state, execution, workflowId }): SessionRow => {
      const { startsAt, ledger } = state;
      return { ...ref, status, courseId: ledger.courseId, mailbox: ledger.mailbox, startsAt, execution, workflowId };
    });
    const counts: Record<SyncStatus, number> = { error: 0, held: 0, pending: 0, in_sync: 0, off: 0, closed: 0 };
    for (const { status } of rows) counts[status]++;
    return { rows: rows.slice(0, limit), matching: rows.length, counts };
  }

  async session(ref: SessionRef): Promise<SessionView> {
    return this.find(ref);
  }

  async resync(ref: SessionRef, request: OperatorRequest): Promise<{ readonly note: string }> {
    return this.ask('resync', ref, request);
  }

  async hold(ref: SessionRef, request: OperatorRequest): Promise<{ readonly note: string }> {
    return this.ask('hold', ref, request);
  }

  async release(ref: SessionRef, request: OperatorRequest): Promise<{ readonly note: string }> {
    return this.ask('release', ref, request);
  }

  async start(ref: SessionRef): Promise<{ readonly note: string }> {
    this.asked.push(`start ${sessionWorkflowId(ref)}`);
    return { note: 'started' };
  }

  async terminate(ref: SessionRef, request: OperatorRequest): Promise<void> {
    this.ask('terminate', ref, request);
  }

  async coverage(): Promise<readonly PlatformCoverage[]> {
    return this.coverages;
  }

  async health(platform: string): Promise<PlatformHealthState | null> {
    return this.healths.get(platform) ?? null;
  }

  async runs(workflowId: string): Promise<readonly WorkflowRun[]> {
    return this.runsOf.get(workflowId) ?? [];
  }

  async history(_workflowId: string, runId = 'run-1'): Promise<StoredHistory> {
    return this.histories.get(runId) ?? {};
  }

  async story(): Promise<SessionStory> {
    if (this.storyFails !== null) throw this.storyFails;
    return this.told;
  }

  /** As the api asks for it. */
  async plan(ref: SessionRef): Promise<DryRunReport> {
    this.asked.push(`plan ${this.find(ref).workflowId}`);
    return {
      session: ref,
      position: 'on',
      counts: { events: 1, learners: 2, instructors: 0 },
      adopted: null,
      via: 'worker',
      changes: [
        {
          ...{ kind: 'updateAttendees', eventId: '101', does: 'its attendees' },
          ...{ invitations: 1, updates: 0, cancellations: 0 },
        },
      ],
      problems: [{ code: 'PLAN_PERSON_WITHOUT_ADDRESS', eventId: null, message: 'User 7' }],
      readProblems: [],
    };
  }

  private ask(what: string, ref: SessionRef, { requestedBy, reason }: OperatorRequest): { readonly note: string } {
    const { workflowId } = this.find(ref);
    this.asked.push(`${what} ${workflowId} by ${requestedBy}${reason === undefined ? '' : `: ${reason}`}`);
    return { note: `${what} done` };
  }

  private find(ref: SessionRef): SessionView {
    const workflowId = sessionWorkflowId(ref);
    const failure = this.failures.get(workflowId);
    if (failure !== undefined) throw failure;
    const view = this.views.get(workflowId);
    if (view === undefined) throw new NotFoundError(`No workflow ${workflowId}`, { code: 'TEMPORAL_NO_WORKFLOW' });
    return view;
  }
}
