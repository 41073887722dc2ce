import type { Client } from '@temporalio/client';
import { atOnce } from '../../domain/at-once';
import { findKeys } from './payload-keys';
import { listRuns, readEvents, type RunRef } from './run-reads';

const AT_ONCE = 12;

/** How many ended runs hold payloads of each key: they are kept for reading alone. */
export async function readEndedRuns(
  client: Client,
  { tell }: { readonly tell: (progress: string) => void },
): Promise<ReadonlyMap<string, number>> {
  const refs: RunRef[] = [];
  for await (const { ref } of listRuns(client, 'ExecutionStatus!="Running"')) refs.push(ref);
  const counts = new Map<string, number>();
  let done = 0;
  await atOnce(AT_ONCE, refs, async (ref) => {
    const { needed, shown } = findKeys(await readEvents(client, ref));
    for (const id of new Set([...needed, ...shown])) counts.set(id, (counts.get(id) ?? 0) + 1);
    tell(`${++done} of ${refs.length} ended runs read`);
  });
  return counts;
}
