import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { calendarDifferences } from '../../demo/checker/calendar-differences';
import { answerDifferences } from '../oracle/answers';
import { mailViolations, type Violation } from '../oracle/mail-rules';
import { MAILBOX, NAMESPACE, PLATFORM } from '../world/settings';
import { keyOfStored } from './deeds';
import { heal, recover } from './heal';
import { expected } from './play-round';
import type { Stage } from './stage';

/** Longer than the second look, so that nothing is still to come. */
const QUIET_MS = 2_200;
const LOOK_EVERY_MS = 150;
/** A step that failed often is tried again within a minute; work of a worker that died within 15 s. */
const LIMIT_MS = 200_000;
/** So long everything is up and the faults are still there: much of a round's work is done after it. */
const GOES_ON_MS = 6_000;
const MOST_IN_FLIGHT = 4;

/**
 * Everything heals. First without a sweep: whatever an acknowledged webhook told must come about. Then one sweep and one poll of answers, and
 * everything must be as Docebo has it, and every mail explained.
 */
export async function check(stage: Stage): Promise<Violation[]> {
  const { world, told, counts } = stage;
  await recover(stage);
  await sleep(GOES_ON_MS);
  await heal(stage);
  if (!(await world.docebo.tenant.sender.whenIdle(LIMIT_MS)))
    return [{ rule: 'webhooks are taken', what: 'some are still not acknowledged' }];

  counts.add('sessions left to the sweep', told.untoldCount);
  const toldOnly = (difference: string): boolean => told.isTold(sessionOf(difference));
  const unreflected = await untilRest(stage, async () => (await differences(stage)).filter(toldOnly));
  if (unreflected.length > 0) return asViolations('an acknowledged webhook is reflected', unreflected);

  await world.temporally(async (client) => {
    await runSchedule(client, `sweep/${PLATFORM}`);
    await runSchedule(client, 'rsvp-poll/training');
  });
  const all = async (): Promise<string[]> => {
    const inCalendar = await differences(stage);
    const inDocebo = answerDifferences(world.docebo, world.microsoft);
    return inCalendar.length + inDocebo.length === 0 ? [] : exceptWaiting(stage, inCalendar, inDocebo);
  };
  if (told.isTouched) {
    // A session that the sweep has read because it differed is not in the same sweep's sample, which alone looks into the calendar.
    await untilRest(stage, async () => (await all()).filter((difference) => !isOfTouched(stage, difference)));
    await world.temporally((client) => runSchedule(client, `sweep/${PLATFORM}`));
  }
  const left = await untilRest(stage, all);
  if (left.length > 0) return asViolations('the calendar is what Docebo asks for', left);
  told.forgive();
  counts.add('answers left to their next attempt', stage.waiting);
  stage.waiting = 0;
  counts.add('checks');
  return [...mails(stage), ...inFlight(stage)];
}

/**
 * An answer that Docebo refused is told again after a quarter of an hour, and until then its session shows an error: neither that answer nor
 * what the sample of a sweep would find in that session's calendar is asked for.
 */
async function exceptWaiting(
  stage: Stage,
  inCalendar: readonly string[],
  inDocebo: readonly string[],
): Promise<string[]> {
  const failing = await stage.world.temporally(failingSessions);
  const waits = (difference: string): boolean => failing.has(sessionOf(difference));
  stage.waiting = inDocebo.filter(waits).length;
  return [
    ...inCalendar.filter((difference) => !(waits(difference) && isOfTouched(stage, difference))),
    ...inDocebo.filter((difference) => !waits(difference)),
  ];
}

async function failingSessions(client: Client): Promise<ReadonlySet<string>> {
  const failing = new Set<string>();
  const query = 'WorkflowType = "courseSession" AND SyncStatus = "error" AND ExecutionStatus = "Running"';
  const { workflowService } = client;
  const { executions } = await workflowService.listWorkflowExecutions({ namespace: NAMESPACE, query, pageSize: 100 });
  for (const { execution } of executions ?? []) failing.add(execution?.workflowId?.split('/').at(-1) ?? '');
  return failing;
}

function sessionOf(difference: string): string {
  return /^event (\d+)\//.exec(difference)?.[1] ?? '';
}

function isOfTouched({ told }: Stage, difference: string): boolean {
  return told.isTouchedSession(sessionOf(difference));
}

async function differences(stage: Stage): Promise<string[]> {
  const events = await stage.world.microsoftControl.events(MAILBOX.address);
  return calendarDifferences(expected(stage), events, new Date().toISOString());
}

/** Waits until nothing differs and no system has been asked anything for a while; answers what differs when the time is over. */
async function untilRest(stage: Stage, look: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const giveUpAt = Date.now() + LIMIT_MS;
  for (;;) {
    const isQuiet = Date.now() - stage.world.lastRequestAt > QUIET_MS;
    const found = isQuiet || Date.now() > giveUpAt ? await look() : null;
    if (found !== null && ((isQuiet && found.length === 0) || Date.now() > giveUpAt)) return found;
    await sleep(LOOK_EVERY_MS);
  }
}

async function runSchedule(client: Client, id: string): Promise<void> {
  const handle = client.schedule.getHandle(id);
  // Not `describe`, which decodes the schedule's encrypted arguments.
  const describe = () => client.workflowService.describeSchedule({ namespace: NAMESPACE, scheduleId: id });
  const info = async () => {
    const { runningWorkflows, actionCount } = (await describe()).info ?? {};
    return { running: runningWorkflows?.length ?? 0, actions: Number(actionCount ?? 0) };
  };
  const rest = async (): Promise<void> => {
    const giveUpAt = Date.now() + LIMIT_MS;
    while ((await info()).running > 0) {
      if (Date.now() > giveUpAt) throw new Error(`${id} does not end`);
      await sleep(LOOK_EVERY_MS);
    }
  };
  await rest();
  const before = (await info()).actions;
  // A run is named after its second: a second one in the same second is refused.
  for (let look = 0; (await info()).actions === before; look++) {
    if (look % 20 === 0) await handle.trigger();
    await sleep(LOOK_EVERY_MS);
  }
  await rest();
}

function mails({ world, deeds, readings, counts }: Stage): Violation[] {
  const { data } = world.microsoft.state;
  const keys = new Map(Object.values(data.events).map((event) => [event.id, keyOfStored(event)]));
  counts.add('mails', data.outbox.length - counts.get('mails'));
  const { byHand, vanished } = deeds;
  return mailViolations({ ...data, byHand, vanished, readings, keyOf: (id) => keys.get(id) ?? null });
}

function inFlight({ world, counts }: Stage): Violation[] {
  const report = world.microsoft.quota.report();
  counts.add('Graph calls', report.reduce((sum, { requests }) => sum + requests, 0) - counts.get('Graph calls'));
  return report
    .filter(({ maxInFlight }) => maxInFlight > MOST_IN_FLIGHT)
    .map(({ maxInFlight }) => ({ rule: 'four in flight', what: `${maxInFlight} requests were in flight at once` }));
}

function asViolations(rule: string, all: readonly string[]): Violation[] {
  return all.map((what) => ({ rule, what }));
}
