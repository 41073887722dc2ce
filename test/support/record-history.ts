import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';

const RECORD = process.env.RECORD_HISTORIES;
const FOLDER = join(__dirname, '../replay/histories');

/** With RECORD_HISTORIES=<version> in the environment a history is kept in test/replay/histories, where later versions must still replay it. */
export function recordHistory(name: string, history: Awaited<ReturnType<WorkflowHandle['fetchHistory']>>): void {
  if (RECORD === undefined) return;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}-${RECORD}.json`), `${historyToJSON(history)}\n`);
}
