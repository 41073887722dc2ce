import type { HintBatch } from '../../src/domain/hints';
import type { SessionId } from '../../src/domain/model';
import type { SessionLedger, SessionPlan } from '../../src/domain/plan';
import type { SessionHints, TrainingSource } from '../../src/domain/ports';
import { inspectSession, type SessionStanding } from '../../src/domain/sweep/session-standing';
import type { SessionRegistry } from '../../src/domain/sweep/sweep-ports';
import { afterSteps, emptyLedger, planOf } from './builders';
import { aState } from './sweep-builders';

interface ModelledSession {
  readonly ledger: SessionLedger;
  readonly plan: SessionPlan;
  readonly lastPlanAt: string;
}

/**
 * The sessions' workflows without Temporal: a hinted session reads Docebo, plans, and writes its plan into its ledger, as if the calendar
 * took everything at once. Those with nothing to look after end.
 */
export class ModelledSessions implements SessionHints, SessionRegistry {
  readonly sessions = new Map<SessionId, ModelledSession>();
  /** Sessions hinted and not yet played. */
  readonly hinted: SessionId[] = [];
  private readonly courses = new Map<SessionId, string>();

  constructor(
    private readonly source: TrainingSource,
    private readonly now: () => string,
  ) {}

  async hint({ batch }: { readonly batch: HintBatch }): Promise<void> {
    if (batch.target.kind !== 'session') return;
    const { sessionId } = batch.target;
    this.hinted.push(sessionId);
    const courseId = batch.hints[0]?.courseId ?? null;
    if (courseId !== null && !this.courses.has(sessionId)) this.courses.set(sessionId, courseId);
  }

  /** Everybody hinted reads and plans. */
  async play(): Promise<void> {
    for (const sessionId of new Set(this.hinted.splice(0))) await this.wake(sessionId);
  }

  /** What the webhook of a change does. */
  async wake(sessionId: SessionId, courseId?: string): Promise<void> {
    if (courseId !== undefined) this.courses.set(sessionId, courseId);
    const { plan, ledger } = await this.plan(sessionId);
    const after = afterSteps(ledger, plan);
    const isOver = ['off', 'session-gone', 'session-cancelled'].includes(plan.position);
    if (isOver) this.sessions.delete(sessionId);
    else this.sessions.set(sessionId, { ledger: after, plan, lastPlanAt: this.now() });
  }

  /** Whether the calendar is not as Docebo has it. */
  async differs(sessionId: SessionId): Promise<boolean> {
    return (await this.plan(sessionId)).plan.steps.length > 0;
  }

  async listRunning() {
    const standings = new Map<SessionId, SessionStanding>();
    for (const [sessionId, { ledger, lastPlanAt }] of this.sessions) {
      standings.set(sessionId, { status: 'in_sync', courseId: ledger.courseId, startedAt: lastPlanAt });
    }
    return { standings, complete: true };
  }

  async inspect(_platform: string, sessionIds: readonly SessionId[]) {
    return new Map(
      sessionIds.flatMap((sessionId) => {
        const known = this.sessions.get(sessionId);
        if (known === undefined) return [];
        const { ledger, plan, lastPlanAt } = known;
        const { position, startsAt, endsAt, counts } = plan;
        const state = aState({ position, startsAt, endsAt, counts, lastPlanAt, ledger });
        return [[sessionId, inspectSession(state, this.now())] as const];
      }),
    );
  }

  private async plan(sessionId: SessionId): Promise<{ readonly plan: SessionPlan; readonly ledger: SessionLedger }> {
    const ledger = this.sessions.get(sessionId)?.ledger ?? emptyLedger;
    const courseId = ledger.courseId ?? this.courses.get(sessionId) ?? null;
    const reading = await this.source.readSession({ sessionId, courseId, notOlderThan: this.now() });
    return { plan: planOf(reading, ledger, { now: this.now() }), ledger };
  }
}
