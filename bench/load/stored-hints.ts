import type { Client } from '@temporalio/client';
import { decodeArrayFromPayloads } from '@temporalio/common/lib/internal-non-workflow';
import type { temporal } from '@temporalio/proto';
import { digest } from '../../src/app/keys';
import type { HintSignal } from '../../src/contract/messages';
import { workflowIdOf } from './messages';

const AT_A_TIME = 16;
type HistoryEvents = readonly temporal.api.history.v1.IHistoryEvent[];

/** The keys of a message's hints. */
export function hintKeysOf(messageId: string, payloads: number): readonly string[] {
  return Array.from({ length: payloads }, (_, position) => digest(`${messageId}:${position}`));
}

/** Keys of all hints that stand in the histories of the sessions, rolled-over runs included: what survives whatever happens now. */
export async function storedHints(client: Client, sessionIds: readonly number[]): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  const left = [...sessionIds];
  const reader = async (): Promise<void> => {
    for (let id = left.pop(); id !== undefined; id = left.pop())
      for (const { hints } of await signalsOf(client, workflowIdOf(id))) for (const { key } of hints) keys.add(key);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, reader));
  return keys;
}

async function signalsOf(client: Client, workflowId: string): Promise<readonly HintSignal[]> {
  const found: Promise<HintSignal>[] = [];
  const { loadedDataConverter } = client.options;
  for (let runId: string | undefined; ;) {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    for (const { workflowExecutionSignaledEventAttributes: signaled } of events ?? [])
      if (signaled?.signalName === 'hint' && signaled.input?.payloads != null)
        found.push(decodeArrayFromPayloads(loadedDataConverter, signaled.input.payloads).then(([one]) => one as never));
    const before = runBefore(events ?? []);
    if (before === null) return Promise.all(found);
    runId = before;
  }
}

/** null: this run was the first one. */
function runBefore(events: HistoryEvents): string | null {
  return events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || null;
}
