import { setTimeout as sleep } from 'node:timers/promises';
import type { DoceboControl } from '../../simulators/docebo/control/client';
import type { SessionState } from '../../src/contract/messages';
import type { Aim } from '../figure';
import { inDays, type SeededSession } from '../world/an-academy';
import type { GuideJob } from './guide-model';

export interface ChangeStage {
  readonly docebo: DoceboControl;
  readonly session: SeededSession;
  /** People who are not in the session yet. */
  readonly newcomer: number;
  readonly class: readonly number[];
  readonly coalesceMs: number;
}

/** One kind of change of a session with two events, 20 learners and an instructor. They are played in this order. */
export interface Change {
  readonly name: string;
  readonly act: (stage: ChangeStage) => Promise<unknown>;
  readonly done: (state: SessionState) => boolean;
  /** What the guide's algorithm does with so many webhook payloads. */
  readonly guide: (payloads: number) => readonly GuideJob[];
  readonly graph: Aim;
  readonly actions?: Aim;
}

const EVENTS = 2;
const BURSTS = [4, 4, 3, 3, 3, 3];
const people =
  (count: number) =>
  ({ ledger }: SessionState): boolean =>
    Object.keys(ledger.people).length === count;
const noted =
  (what: string, count: number) =>
  ({ journal }: SessionState): boolean =>
    journal.filter((entry) => entry.what === what).length >= count;
const sessionChanged = (payloads: number): readonly GuideJob[] =>
  Array.from({ length: payloads }, () => ({ recipe: 'session-changed', events: EVENTS }));

export const CHANGES: readonly Change[] = [
  {
    name: 'publish',
    act: ({ docebo, session: { sessionId } }) => docebo.run('update-session', { sessionId, name: 'Published' }),
    done: (state) => state.lastChangeAt !== null,
    guide: () => [{ recipe: 'session-switched-on', events: EVENTS }],
    // One look for events of an earlier run, three for what Docebo Connect may have left, and a create each.
    graph: { atMost: 1 + 3 + EVENTS },
    actions: { atMost: 12 },
  },
  {
    name: 'unchanged webhook, second look included',
    act: ({ docebo, session: { sessionId } }) => docebo.run('update-session', { sessionId, maxEnroll: 602 }),
    done: (state) => state.journal.filter(({ what }) => what === 'plan').length >= 3,
    guide: sessionChanged,
    graph: { atMost: 0 },
    actions: { atMost: 8 },
  },
  {
    name: 'move one event',
    act: ({ docebo, session }) => docebo.run('update-event', { eventId: session.eventIds[1]!, date: inDays(12) }),
    done: noted('updateContent', 1),
    guide: (payloads) => Array.from({ length: payloads }, () => ({ recipe: 'event-changed' })),
    graph: { atMost: 2 },
  },
  {
    name: 'enrol one learner',
    act: ({ docebo, session: { sessionId }, newcomer }) => docebo.run('enrol', { sessionId, userIds: [newcomer] }),
    done: people(22),
    guide: sessionChanged,
    graph: { atMost: 2 * EVENTS },
  },
  {
    // 500 attendees are what Outlook allows.
    name: 'import of 478 learners, a webhook each: 500 attendees',
    act: ({ docebo, session: { sessionId }, class: userIds }) => docebo.run('enrol', { sessionId, userIds }),
    done: people(500),
    guide: sessionChanged,
    graph: { atMost: 3 * EVENTS },
  },
  {
    name: 'unenrol one learner',
    act: ({ docebo, session: { sessionId, learnerIds } }) =>
      docebo.run('unenrol', { sessionId, userIds: [learnerIds[0]!] }),
    done: people(499),
    guide: sessionChanged,
    graph: { atMost: 2 * EVENTS },
  },
  {
    name: 'description of the course',
    act: ({ docebo, session: { courseId } }) => docebo.run('update-course', { courseId, description: 'New' }),
    done: noted('updateContent', 1 + EVENTS),
    guide: (payloads) =>
      Array.from({ length: payloads }, () => ({ recipe: 'course-changed', eventsOfSessions: [EVENTS] })),
    graph: { atMost: 2 * EVENTS },
  },
  {
    name: '20 webhooks in 6 bursts, each rewrites both events',
    act: playBursts,
    done: ({ journal }) => noted('updateContent', 1 + EVENTS + BURSTS.length * EVENTS)({ journal } as SessionState),
    guide: sessionChanged,
    graph: { atMost: 2 * EVENTS * BURSTS.length },
  },
];

/** Each burst renames the session several times; the next comes when the one before has been carried out. */
async function playBursts({ docebo, session: { sessionId }, coalesceMs }: ChangeStage): Promise<void> {
  for (const [burst, webhooks] of BURSTS.entries()) {
    for (let n = 0; n < webhooks; n++) await docebo.run('update-session', { sessionId, name: `Burst ${burst}.${n}` });
    await docebo.whenIdle();
    await sleep(3 * coalesceMs);
  }
}
