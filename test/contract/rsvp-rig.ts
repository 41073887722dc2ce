import type { StoredEvent } from '../../simulators/microsoft/state/model';
import { createRsvpActivities, type RsvpPorts } from '../../src/activities/poll-rsvps';
import { createGraphAnswerSource, type GraphAnswerSourceOptions } from '../../src/adapters/graph/answer-source';
import type { PollRsvpsResult, RsvpCursor } from '../../src/contract/scheduled';
import type { GraphEventId } from '../../src/domain/model';
import type { Answers, SessionLedger } from '../../src/domain/plan';
import type { AnswerSource } from '../../src/domain/ports';
import { applyAnswers } from '../../src/domain/rsvp/apply-answers';
import type { ObservedAnswer } from '../../src/domain/rsvp/observed-answer';
import type { RsvpPollSettings } from '../../src/domain/settings';
import { FakeSessionSignals } from '../fakes/fake-session-signals';
import { keyOf } from '../support/builders';
import { aDraft, ref } from '../support/calendar-inputs';
import { GraphRig, keys } from './graph-rig';

export const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;

interface RigOptions extends Pick<NonNullable<Parameters<typeof GraphRig.start>[0]>, 'knobs' | 'mailbox' | 'me'> {
  readonly settings?: Partial<Omit<RsvpPollSettings, 'inbox'>>;
  readonly inbox?: Partial<RsvpPollSettings['inbox']>;
  readonly source?: Partial<Pick<GraphAnswerSourceOptions, 'eventsAPage' | 'parseAdoptedTransactionId'>>;
}

/** The poll before a simulated mailbox, by the simulator's clock. Ada and Ben are invited by Convoke. */
export class RsvpRig {
  readonly signals = new FakeSessionSignals();
  readonly people: SessionLedger['people'] = {
    ada: { addressKey: keyOf('ada@academy.example'), role: 'learner' },
    ben: { addressKey: keyOf('ben@academy.example'), role: 'learner' },
  };
  cursor: RsvpCursor | null = null;
  private readonly ports: RsvpPorts;

  private constructor(
    readonly graph: GraphRig,
    readonly source: AnswerSource,
    settings: RsvpPollSettings,
  ) {
    this.ports = {
      answerSourceOf: () => source,
      rsvpSettingsOf: () => settings,
      sessionSignals: this.signals,
      keyOf,
      clock: { now: () => graph.simulator.state.now() },
      onProgress: () => undefined,
    };
  }

  static async start(options: RigOptions = {}): Promise<RsvpRig> {
    const graph = await GraphRig.start(options);
    const source = createGraphAnswerSource({ graph: graph.graph, keys, ...options.source });
    return new RsvpRig(graph, source, {
      windowDays: 400,
      rollBelowDays: 370,
      overlapMs: 3_600_000,
      ...options.settings,
      inbox: { read: false, after: 'leave', folder: 'Answers', ...options.inbox },
    });
  }

  close(): Promise<void> {
    return this.graph.close();
  }

  now(): string {
    return this.graph.simulator.state.nowIso();
  }

  /** Some time passes: answers have a resolution of a second. */
  advance(ms = SECOND_MS): Promise<void> {
    return this.graph.control('POST', '/clock', { advanceMs: ms });
  }

  /** An event of session 54 with Ada and Ben on it, so many days from now. */
  async create(eventId = '101', inDays = 30): Promise<GraphEventId> {
    const startMs = Date.parse(this.now()) + inDays * DAY_MS;
    const [startsAt, endsAt] = [startMs, startMs + 8 * 3_600_000].map((ms) => new Date(ms).toISOString()) as [
      string,
      string,
    ];
    const draft = aDraft({
      ref: { ...ref, eventId },
      transactionId: `cvk1-acme-54-${eventId}-1`,
      schedule: { startsAt, endsAt, timeZone: 'Europe/Rome' },
    });
    const made = await this.graph.store.create(draft);
    if (made.kind !== 'created') throw new Error(made.kind);
    return made.event.graphEventId;
  }

  /** `body` as the control API has it: `sendResponse`, `answerAs`, `outdated`... */
  async respond(event: GraphEventId, name: string, response: string, body: object = {}): Promise<void> {
    await this.advance();
    const address = name.includes('@') ? name : `${name}@academy.example`;
    await this.graph.control('POST', `/people/${encodeURIComponent(address)}/respond`, { event, response, ...body });
  }

  /** Another event like it, put straight into the mailbox: nobody gets mail. */
  copy(event: GraphEventId, over: Partial<StoredEvent>): StoredEvent {
    const { state } = this.graph.simulator;
    const model = state.events.get(event);
    if (model === undefined) throw new Error(`no event ${event}`);
    const { id, restId, idBase, moves, changeKey, changeSequence, arrivedSequence, createdAt, modifiedAt, ...content } =
      structuredClone(model);
    void [id, restId, idBase, moves, changeKey, changeSequence, arrivedSequence, createdAt, modifiedAt];
    return state.events.add({ ...content, iCalUId: `copy-${state.next()}`, ...over });
  }

  on(event: GraphEventId, what: string, body: object = {}): Promise<void> {
    return this.graph.control('POST', `/events/${encodeURIComponent(event)}/${what}`, body);
  }

  knobs(change: object): Promise<void> {
    return this.graph.control('PATCH', '/knobs', change);
  }

  /** One run of the poll, from where the last one ended. */
  async poll(): Promise<PollRsvpsResult> {
    const result = await createRsvpActivities(this.ports).pollRsvps({ mailbox: 'training', cursor: this.cursor });
    this.cursor = JSON.parse(JSON.stringify(result.cursor)) as RsvpCursor;
    return result;
  }

  /** What a session that had `before` makes of the signals since the last look. */
  applied(before: Answers = {}): { readonly answers: Answers; readonly unmatched: readonly ObservedAnswer[] } {
    let answers = before;
    const unmatched: ObservedAnswer[] = [];
    for (const { signal } of this.signals.stored.splice(0)) {
      for (const event of signal.events) {
        const { people } = this;
        const result = applyAnswers({ answers, observed: event.answers, people, observedAt: signal.observedAt });
        answers = result.answers;
        unmatched.push(...result.unmatched);
      }
    }
    return { answers, unmatched };
  }

  /** `ada accepted`, of the signals since the last look. */
  answers(): string[] {
    return Object.entries(this.applied().answers)
      .map(([userId, [response]]) => `${userId} ${response}`)
      .sort();
  }
}
