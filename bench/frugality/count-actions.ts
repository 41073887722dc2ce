import { temporal } from '@temporalio/proto';

/**
 * What Temporal Cloud bills as an Action, as far as it stands in a history. Queries and heartbeats do not stand there; Convoke's
 * sessions use neither.
 */
const ACTIONS: ReadonlySet<string> = new Set([
  'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED',
  'EVENT_TYPE_TIMER_STARTED',
  'EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED',
  'EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES',
  'EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED',
  'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
]);

/** Actions in one run's history. */
export function countActions({ events }: temporal.api.history.v1.IHistory): number {
  const names = temporal.api.enums.v1.EventType;
  return (events ?? []).filter(({ eventType }) => ACTIONS.has(names[eventType ?? 0] ?? '')).length;
}
