import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineQuery,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import type { FanOutInput, FanOutState } from '../contract/messages';
import { QUERIES } from '../contract/messages';
import { explainActivityFailure } from './activity-failures';
import { doceboActivities, lightActivities } from './activity-proxies';
import { hint } from './course-session';
import { receiveRenewal, ROLL_OVER, rollOverAsked, unlessRollOver } from './roll-over';
import { later } from './session-state';

const PENDING_LIMIT = 200;

export const fanOutState = defineQuery<FanOutState>(QUERIES.state);

/**
 * A course or a learning plan changed: hints every future session that it touches, then ends. A course that cannot have sessions is
 * remembered for a while, so that its updates cost no call.
 */
export async function fanOut(input: FanOutInput): Promise<FanOutState> {
  const state: FanOutState = input.state ?? {
    v: 1,
    pending: [],
    receivedAt: null,
    noSessionsUntil: null,
    swallowed: 0,
  };
  let attempts = 0;
  setHandler(hint, ({ hints, receivedAt }) => {
    const known = new Set(state.pending.map((h) => h.key));
    // Which hints they are matters little: one is enough to look at every session.
    for (const h of hints) if (!known.has(h.key) && state.pending.length < PENDING_LIMIT) state.pending.push(h);
    if (state.receivedAt === null || state.receivedAt < receivedAt) state.receivedAt = receivedAt;
  });
  setHandler(fanOutState, () => state);
  const renewalAsked = receiveRenewal();
  const rollOverDue = (): boolean => rollOverAsked() || renewalAsked();
  const pending = (): boolean => state.pending.length > 0;

  for (;;) {
    if (pending() && believesNoSessions(state)) {
      state.swallowed += state.pending.length;
      state.pending = [];
    }
    if (pending() && !rollOverAsked()) {
      await condition(rollOverAsked, input.coalesceMs);
      try {
        await spread(input, state);
        attempts = 0;
      } catch (error) {
        const { code, message } = explainActivityFailure(error);
        const wait = input.retryMs[Math.min(attempts++, input.retryMs.length - 1)] ?? 60_000;
        setCurrentDetails(`**error** \`${code}\`: ${message}\n\nNext attempt in ${Math.round(wait / 1000)} s.`);
        const before = state.pending.length;
        await condition(() => state.pending.length > before || rollOverDue(), wait);
      }
    }
    if (rollOverDue()) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof fanOut>({ ...input, state });
    }
    if (pending()) continue;
    if (!believesNoSessions(state)) return state;
    const left = Date.parse(state.noSessionsUntil ?? '') - Date.now();
    await condition(() => pending() || rollOverDue(), Math.max(1, left));
  }
}

async function spread(input: FanOutInput, state: FanOutState): Promise<void> {
  const { platform, target } = input;
  const hints = [...state.pending];
  const receivedAt = state.receivedAt ?? new Date().toISOString();
  const summary = `future sessions of ${target.kind}`;
  const listed = await unlessRollOver(() =>
    doceboActivities(platform).listSessions.executeWithOptions({ summary }, [{ platform, target }]),
  );
  if (listed === ROLL_OVER) return;
  const { sessionIds, noSessions } = listed;
  if (noSessions) state.noSessionsUntil = later(new Date().toISOString(), input.noSessionsMs);
  if (sessionIds.length > 0) {
    const told = await unlessRollOver(() =>
      lightActivities().hintSessions.executeWithOptions({ summary: `hint ${sessionIds.length} sessions` }, [
        { platform, sessionIds, receivedAt, hints },
      ]),
    );
    if (told === ROLL_OVER) return;
  }
  const done = new Set(hints.map((h) => h.key));
  state.pending = state.pending.filter((h) => !done.has(h.key));
  setCurrentDetails(
    [
      noSessions ? 'This course cannot have sessions.' : `${sessionIds.length} future sessions hinted.`,
      ...(listed.complete ? [] : ["**Docebo's list was incomplete**: sessions that it lacks were not hinted."]),
    ].join('\n\n'),
  );
}

function believesNoSessions(state: FanOutState): boolean {
  return state.noSessionsUntil !== null && Date.parse(state.noSessionsUntil) > Date.now();
}
