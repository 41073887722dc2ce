import { randomBytes } from 'node:crypto';
import { Client, type ClientInterceptors } from '@temporalio/client';
import { DefaultLogger, Runtime, type Worker } from '@temporalio/worker';
import type {
  CalendarOutcome,
  CancelCalendarEventInput,
  CreateCalendarEventInput,
  FindCalendarEventsInput,
  FoundCalendarEvents,
  HintSessionsInput,
  ListSessionsInput,
  ListSessionsResult,
  PlanSessionInput,
  PlanSessionResult,
  RenderedInvitation,
  RenderInvitationInput,
  UpdateAttendeesInput,
  UnenrolLearnerInput,
  UnenrolLearnerResult,
  UpdateCalendarEventInput,
  WriteAnswersInput,
  WriteAnswersResult,
} from '../../src/contract/activities';
import { sessionWorkflowId } from '../../src/contract/ids';
import { QUERIES, type AnswerPolicy, type SessionState } from '../../src/contract/messages';
import type { Hint, HintTarget } from '../../src/domain/hints';
import type { SessionFacts, SessionReading } from '../../src/domain/model';
import type { SessionHints } from '../../src/domain/ports';
import type { Pace } from '../../src/domain/settings';
import { createDataConverter } from '../../src/temporal/data-converter';
import type { KeyRing } from '../../src/temporal/payload-codec';
import { createSessionHints } from '../../src/temporal/session-hints';
import { createLimitedWorker, createSessionsWorker } from '../../src/temporal/create-workers';
import { limitedQueues } from '../../src/temporal/queues/limited-queues';
import { planOf } from './builders';
import { PATIENCE_MS, QUICK_PACE } from './pace';
import { eventually } from './eventually';
import {
  connectTemporal,
  connectTemporalNative,
  createNamespace,
  temporalAddress,
  WORKFLOW_BUNDLE_PATH,
} from './temporal';

// Once a file, before anything touches a connection: workers' comings and goings are no news in tests.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
});

export const QUICK = QUICK_PACE;

type Calls = { [name: string]: unknown[] };

/**
 * Activities over a made-up Docebo and calendar: `facts` is what Docebo shows now, `reading` overrides it. The planner is the real one.
 * `before` runs at the start of each call: to throw, to hold, to change the world.
 */
export class FakeWorld {
  facts: SessionFacts | null = null;
  reading: SessionReading | null = null;
  /** Nothing is read of Docebo, and nothing is written. */
  frozen = false;
  pace: Pace = QUICK;
  answerPolicy: AnswerPolicy = { writeBack: true, decline: { kind: 'keep' }, mandatory: false };
  refusedAnswers: WriteAnswersResult['refused'] = [];
  sessionsOfCourse: ListSessionsResult = { sessionIds: [], noSessions: false, complete: true };
  found: FoundCalendarEvents = { events: {}, present: [], answered: [], surplus: [] };
  hints: SessionHints | null = null;
  /** Activities of other workflows than sessions and fan-outs. */
  more: Readonly<Record<string, (input: unknown) => Promise<unknown>>> = {};
  readonly calls: Calls = {};
  before: (name: string, input: unknown) => Promise<void> | void = () => undefined;
  /** What the activities take for now. */
  now: () => Promise<string> = async () => new Date().toISOString();

  count(name: string): number {
    return this.calls[name]?.length ?? 0;
  }

  activities() {
    const outcome = (
      did: CalendarOutcome['did'],
      input: { generation: number },
      graphEventId: string | null,
    ): CalendarOutcome => ({
      did,
      graphEventId,
      generation: input.generation,
      mails: 'all',
      added: 0,
      removed: 0,
    });
    return {
      ...this.more,
      planSession: async (input: PlanSessionInput): Promise<PlanSessionResult> => {
        await this.note('planSession', input);
        const reading: SessionReading | null =
          this.reading ?? (this.facts && { kind: 'found', readAs: '7/godadmin', facts: this.facts, problems: [] });
        if (reading === null) throw new Error('the test gave no facts');
        const now = await this.now();
        return {
          plan: this.frozen
            ? planOf({ kind: 'not-read' }, input.ledger, { now, settings: { rsvp: 'frozen' } })
            : planOf(reading, input.ledger, { now }),
          mailboxes: ['training'],
          pace: this.pace,
          answers: this.answerPolicy,
        };
      },
      renderInvitation: async (input: RenderInvitationInput): Promise<RenderedInvitation> => {
        await this.note('renderInvitation', input);
        return { subject: input.inputs.session_name, html: `<p>${input.inputs.event_name}</p>`, omissions: [] };
      },
      findCalendarEvents: async (input: FindCalendarEventsInput): Promise<FoundCalendarEvents> => {
        await this.note('findCalendarEvents', input);
        return this.found;
      },
      createCalendarEvent: async (input: CreateCalendarEventInput): Promise<CalendarOutcome> => {
        await this.note('createCalendarEvent', input);
        return outcome('created', input, `graph-${input.eventId}-${input.generation}`);
      },
      updateCalendarEvent: async (input: UpdateCalendarEventInput): Promise<CalendarOutcome> => {
        await this.note('updateCalendarEvent', input);
        return outcome('updated', input, input.graphEventId);
      },
      updateAttendees: async (input: UpdateAttendeesInput): Promise<CalendarOutcome> => {
        await this.note('updateAttendees', input);
        return outcome('updated', input, input.graphEventId);
      },
      cancelCalendarEvent: async (input: CancelCalendarEventInput): Promise<CalendarOutcome> => {
        await this.note('cancelCalendarEvent', input);
        return outcome('cancelled', input, null);
      },
      writeAnswers: async (input: WriteAnswersInput): Promise<WriteAnswersResult> => {
        await this.note('writeAnswers', input);
        return { written: input.answers.length, refused: this.refusedAnswers, off: false, failure: null };
      },
      unenrolLearner: async (input: UnenrolLearnerInput): Promise<UnenrolLearnerResult> => {
        await this.note('unenrolLearner', input);
        return { did: 'unenrolled' };
      },
      listSessions: async (input: ListSessionsInput): Promise<ListSessionsResult> => {
        await this.note('listSessions', input);
        return this.sessionsOfCourse;
      },
      hintSessions: async (input: HintSessionsInput): Promise<void> => {
        await this.note('hintSessions', input);
        for (const sessionId of input.sessionIds) {
          const target = { kind: 'session' as const, sessionId };
          const batch = { target, receivedAt: input.receivedAt, hints: input.hints };
          await this.hints?.hint({ platform: input.platform, batch, deadlineMs: PATIENCE_MS });
        }
      },
    };
  }

  private async note(name: string, input: unknown): Promise<void> {
    (this.calls[name] ??= []).push(input);
    await this.before(name, input);
  }
}

/** A namespace of its own on the real server, workers over a fake world, and a client that reads what they write. */
export class SessionBench {
  readonly world = new FakeWorld();
  readonly platform = 'academy';
  private hintNumber = 0;
  private readonly closers: (() => Promise<unknown>)[] = [];
  private running: { workers: Worker[]; done: Promise<unknown> } | null = null;

  private constructor(
    readonly client: Client,
    readonly namespace: string,
    readonly hints: SessionHints,
    private readonly dataConverter: ReturnType<typeof createDataConverter>,
  ) {}

  /** @param options.plain histories can be read and kept: for made-up data only. */
  static async open(
    name: string,
    {
      plain = false,
      keys = [{ id: 'test', key: randomBytes(32) }],
      interceptors = {},
    }: { plain?: boolean; keys?: KeyRing; interceptors?: ClientInterceptors } = {},
  ): Promise<SessionBench> {
    const connection = await connectTemporal();
    const namespace = await createNamespace(connection, name);
    const sealed = createDataConverter(keys);
    const dataConverter = plain ? { ...sealed, payloadCodecs: [] } : sealed;
    const client = new Client({ connection, namespace, dataConverter, interceptors });
    const hints = createSessionHints({ client, paceOf: () => bench.world.pace, noSessionsMs: 3_600_000 });
    const bench: SessionBench = new SessionBench(client, namespace, hints, dataConverter);
    bench.world.hints = hints;
    bench.closers.push(() => connection.close());
    return bench;
  }

  /** @param keys another ring than the client's. */
  async startWorkers(keys?: KeyRing): Promise<void> {
    const connection = await connectTemporalNative();
    const options = {
      connection,
      namespace: this.namespace,
      dataConverter: keys === undefined ? this.dataConverter : createDataConverter(keys),
      workflowBundlePath: WORKFLOW_BUNDLE_PATH,
      activities: this.world.activities(),
      graceMs: 1_000,
      deployment: null,
    };
    const limited = limitedQueues({ platforms: [this.platform], mailboxes: ['training'] });
    const workers = await Promise.all([
      createSessionsWorker(options),
      ...limited.map((queue) => createLimitedWorker(options, queue)),
    ]);
    const done = Promise.all(workers.map((w) => w.run())).finally(() => connection.close());
    this.running = { workers, done };
  }

  async stopWorkers(): Promise<void> {
    if (this.running === null) return;
    for (const worker of this.running.workers) worker.shutdown();
    await this.running.done;
    this.running = null;
  }

  async close(): Promise<void> {
    await this.stopWorkers();
    for (const close of this.closers) await close();
  }

  aHint(over: Partial<Hint> = {}): Hint {
    const key = `hint-${++this.hintNumber}`;
    return { key, kind: 'session-changed', courseId: '190', eventId: null, userId: null, ...over };
  }

  async hint(sessionId: string, ...hints: Hint[]): Promise<void> {
    await this.send({ kind: 'session', sessionId }, ...hints);
  }

  async send(target: HintTarget, ...hints: Hint[]): Promise<void> {
    const batch = { target, receivedAt: new Date().toISOString(), hints: hints.length > 0 ? hints : [this.aHint()] };
    await this.hints.hint({ platform: this.platform, batch, deadlineMs: PATIENCE_MS });
  }

  handle(sessionId: string) {
    return this.client.workflow.getHandle(sessionWorkflowId({ platform: this.platform, sessionId }));
  }

  async state(sessionId: string): Promise<SessionState> {
    return this.handle(sessionId).query<SessionState>(QUERIES.state);
  }

  /** Waits until the session goes on in another run than this one. */
  async anotherRun(sessionId: string, runId: string): Promise<void> {
    const what = `another run of session ${sessionId}`;
    await eventually(async () => ((await this.handle(sessionId).describe()).runId !== runId ? true : null), what);
  }

  /** Polls the workflow until its state satisfies the test. */
  async until(
    sessionId: string,
    satisfied: (state: SessionState) => boolean,
    limitMs = PATIENCE_MS,
  ): Promise<SessionState> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      const state = await this.state(sessionId).catch((error: unknown) => {
        if (Date.now() > deadline) throw error;
        return null;
      });
      if (state !== null && satisfied(state)) return state;
      if (Date.now() > deadline) throw new Error(`not reached in ${limitMs} ms: ${JSON.stringify(state, null, 1)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Nothing waits and nothing is wrong. */
export function atRest(state: SessionState): boolean {
  return (
    !state.busy &&
    state.inbox.count === 0 &&
    state.settleAt === null &&
    state.lastPlanAt !== null &&
    state.failures.length === 0
  );
}

export { temporalAddress };
