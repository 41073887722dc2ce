import type { Client } from '@temporalio/client';
import { atOnce } from '../../domain/at-once';
import type { KeyUser } from './key-usage';
import { findKeys } from './payload-keys';
import { listRuns, orNull, readEvents, toInstant, within } from './run-reads';

export type ScheduleUser = Extract<KeyUser, { readonly kind: 'action' | 'memory' }>;

const AT_ONCE = 6;
const PAGE_SIZE = 100;

export interface SchedulesRead {
  readonly count: number;
  readonly users: readonly ScheduleUser[];
  /** Of which a result must be there, and none is shown any more. */
  readonly unknown: readonly string[];
}

/** What each schedule starts, and what its last completed run left to the next one. */
export async function readSchedules(
  client: Client,
  { tell }: { readonly tell: (progress: string) => void },
): Promise<SchedulesRead> {
  const ids = await listSchedules(client);
  const users: ScheduleUser[] = [];
  const unknown: string[] = [];
  let done = 0;
  await atOnce(AT_ONCE, ids, async (scheduleId) => {
    const found = await readSchedule(client, scheduleId);
    users.push(...(found?.users ?? []));
    if (found?.isUnknown === true) unknown.push(scheduleId);
    tell(`${++done} of ${ids.length} schedules read`);
  });
  return { count: ids.length, users, unknown: unknown.sort() };
}

export async function readSchedule(
  client: Client,
  scheduleId: string,
): Promise<{ readonly users: readonly ScheduleUser[]; readonly isUnknown: boolean } | null> {
  const { namespace } = client.options;
  const described = await orNull(() =>
    within(client, () => client.workflowService.describeSchedule({ namespace, scheduleId })),
  );
  if (described === null) return null;
  const about = { scheduleId, paused: described.schedule?.state?.paused ?? false };
  const { needed, shown } = findKeys(described.schedule?.action);
  const action: ScheduleUser = { kind: 'action', ...about, since: null, keys: needed, shown };
  const last = await readLastResult(client, scheduleId);
  if (last !== null)
    return { users: [action, { kind: 'memory', ...about, ...last, shown: new Set() }], isUnknown: false };
  // Nothing to remember after no action, or while every action is still there and none completed.
  const hasStarted = Number(described.info?.actionCount ?? 0) > 0;
  return {
    users: [action],
    isUnknown: hasStarted && !(await hasAllRuns(client, scheduleId, described.info?.actionCount)),
  };
}

/** The next run is given the result of the last one that completed, over all that failed since. */
async function readLastResult(
  client: Client,
  scheduleId: string,
): Promise<{ readonly since: string; readonly keys: ReadonlySet<string> } | null> {
  for await (const run of listRuns(client, `${startedBy(scheduleId)} AND ExecutionStatus="Completed"`)) {
    const events = await readEvents(client, run.ref);
    const result = events?.at(-1)?.workflowExecutionCompletedEventAttributes?.result;
    if (events !== null) return { since: toInstant(run.closeTime), keys: findKeys(result).needed };
  }
  // A run that failed, or is open, was told it.
  for await (const run of listRuns(client, startedBy(scheduleId))) {
    const start = (await readEvents(client, run.ref))?.[0]?.workflowExecutionStartedEventAttributes;
    const told = start?.lastCompletionResult;
    if (told != null) return { since: toInstant(run.startTime), keys: findKeys(told).needed };
    break;
  }
  return null;
}

async function hasAllRuns(client: Client, scheduleId: string, actions: unknown): Promise<boolean> {
  const { count } = await client.workflow.count(startedBy(scheduleId));
  return count >= Number(actions ?? 0);
}

function startedBy(scheduleId: string): string {
  return `TemporalScheduledById="${scheduleId}"`;
}

async function listSchedules(client: Client): Promise<string[]> {
  const { namespace } = client.options;
  const ids: string[] = [];
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await within(client, () =>
      client.workflowService.listSchedules({ namespace, maximumPageSize: PAGE_SIZE, nextPageToken }),
    );
    ids.push(...page.schedules.flatMap(({ scheduleId }) => (scheduleId == null ? [] : [scheduleId])));
    nextPageToken = page.nextPageToken.length > 0 ? page.nextPageToken : undefined;
  } while (nextPageToken !== undefined);
  return ids.sort();
}
