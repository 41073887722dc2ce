import { MAILBOX, NAMESPACE } from '../../chaos/world/settings';
import type { StoredEvent } from '../../simulators/microsoft/state/model';
import { rsvpPollId } from '../../src/contract/ids';
import type { PollRsvpsResult } from '../../src/contract/scheduled';
import { toFigure, type Figure } from '../figure';
import { until, type WatchedWorld } from '../world/watched-world';
import { graphCalls } from './cost-counter';
import { guideGraphCalls } from './guide-model';

const EVENTS = 10_000;
const ANSWERS = 50;
const EVENTS_A_SESSION = 3;

/** One poll of a calendar of 10,000 events of which 50 have new answers. */
export async function pollFigures(watched: WatchedWorld): Promise<readonly Figure[]> {
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

/** Starts one run and waits for its end. */
async function poll(watched: WatchedWorld): Promise<PollRsvpsResult & { readonly graph: number }> {
  const { client } = watched;
  const scheduleId = rsvpPollId('training');
  const latest = async (): Promise<string | null> => {
    const { info } = await client.workflowService.describeSchedule({ namespace: NAMESPACE, scheduleId });
    return info?.recentActions?.at(-1)?.startWorkflowResult?.workflowId ?? null;
  };
  const [before, callsBefore] = [await latest(), graphCalls(watched)];
  await client.schedule.getHandle(scheduleId).trigger();
  const workflowId = await until('a poll to start', 60_000, async () => {
    const started = await latest();
    return started === before ? null : started;
  });
  const result = (await client.workflow.getHandle(workflowId).result()) as PollRsvpsResult;
  return { ...result, graph: graphCalls(watched) - callsBefore };
}

/** Copies of an event that Convoke made, put straight into the mailbox; nobody gets mail. */
function fillCalendar({ world: { microsoft } }: WatchedWorld): readonly string[] {
  const { state } = microsoft;
  const mailbox = state.findMailbox(MAILBOX.address);
  const model = Object.values(state.data.events).find(
    (event) => event.mailboxId === mailbox?.id && event.transactionId,
  );
  if (model?.transactionId === undefined || model.transactionId === null)
    throw new Error(`no event to copy in ${NAMESPACE}`);
  const own = model.transactionId;
  return Array.from({ length: EVENTS }, (_, n) => {
    const transactionId = `cvk1-academy-${900_000 + Math.floor(n / EVENTS_A_SESSION)}-${900_000 + n}-1`;
    return state.events.add(copyOf(model, { transactionId, bodyHtml: model.bodyHtml.replaceAll(own, transactionId) }))
      .id;
  });
}

function copyOf(model: StoredEvent, over: Partial<StoredEvent>) {
  const { id, restId, idBase, moves, changeKey, changeSequence, arrivedSequence, createdAt, modifiedAt, ...content } =
    structuredClone(model);
  void [id, restId, idBase, moves, changeKey, changeSequence, arrivedSequence, createdAt, modifiedAt];
  return { ...content, iCalUId: `copy-${over.transactionId}`, ...over };
}
