import { MAILBOX, PLATFORM } from '../../chaos/world/settings';
import { rsvpPollId } from '../../src/contract/ids';
import type { PollRsvpsResult } from '../../src/contract/scheduled';
import { toFigure, type Figure } from '../figure';
import type { BenchContext } from '../section';
import { copyEvent } from '../world/copy-event';
import { runScheduled } from '../world/run-scheduled';
import type { WatchedWorld } from '../world/watched-world';
import { graphCalls } from './cost-counter';
import { guideGraphCalls } from './guide-model';

const EVENTS = 10_000;
const ANSWERS = 50;
const EVENTS_A_SESSION = 3;
const SEATS = 20;

/** One poll of a calendar of 10,000 events of which 50 have new answers. */
export async function pollFigures(
  watched: WatchedWorld,
  { say }: Pick<BenchContext, 'say'>,
): Promise<readonly Figure[]> {
  const { microsoft } = watched.world;
  const ids = fillCalendar(watched);
  // A run that had begun before the calendar was filled is not the first one.
  let first = await poll(watched);
  if (first.changedEvents < EVENTS) first = await poll(watched);
  for (const id of ids.slice(-ANSWERS)) {
    const event = microsoft.state.events.get(id)!;
    Object.assign(event.attendees[0]!, { response: 'accepted', respondedAt: microsoft.state.nowIso() });
    microsoft.state.events.touch(event);
  }
  const second = await poll(watched);
  for (const { changedEvents, graph, seconds } of [first, second])
    say(`  poll: ${changedEvents} changed events, ${graph} Graph calls, ${seconds} s`);
  if (second.changedEvents !== ANSWERS) throw new Error(`the poll saw ${second.changedEvents} changes, not ${ANSWERS}`);
  const guide = guideGraphCalls([{ recipe: 'answers' }], { calendarEvents: EVENTS, eventsAPage: 1_000 });
  const common = { section: 'frugality', unit: 'Graph calls' };
  return [
    toFigure({
      ...common,
      figure: 'first poll of 10,000 events',
      value: first.graph,
      aim: { atMost: EVENTS / 200 + 1 },
    }),
    toFigure({
      ...common,
      figure: 'poll of 10,000 events, 50 changed',
      value: second.graph,
      aim: { atMost: 3 },
      against: `guide: ${guide}`,
    }),
  ];
}

/** One run, and what it cost. */
async function poll(
  watched: WatchedWorld,
): Promise<PollRsvpsResult & { readonly graph: number; readonly seconds: number }> {
  const before = graphCalls(watched);
  const { result, seconds } = await runScheduled<PollRsvpsResult>(watched, rsvpPollId('training'));
  return { ...result, seconds, graph: graphCalls(watched) - before };
}

/**
 * Copies of an event that Convoke made, put straight into the mailbox; nobody gets mail. Each is of an event of its own and has a class of
 * people, as those of many sessions have: a poll reads every attendee of every page.
 */
function fillCalendar({ world: { microsoft } }: WatchedWorld): readonly string[] {
  const { state } = microsoft;
  const mailbox = state.findMailbox(MAILBOX.address);
  const model = Object.values(state.data.events).find(
    (event) => event.mailboxId === mailbox?.id && event.transactionId !== null && event.attendees.length > 0,
  );
  if (model === undefined) throw new Error(`no event to copy in ${MAILBOX.address}`);
  const small = { ...model, attendees: model.attendees.slice(0, SEATS) };
  return Array.from({ length: EVENTS }, (_, n) => {
    const sessionId = String(900_000 + Math.floor(n / EVENTS_A_SESSION));
    return state.events.add(copyEvent(small, { platform: PLATFORM, sessionId, eventId: String(900_000 + n) })).id;
  });
}
