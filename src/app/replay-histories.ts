import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { InputError } from '../domain/errors';
import { createDataConverter } from '../temporal/data-converter';
import type { StoredHistory } from '../temporal/operator/operator';
import type { KeyRing } from '../temporal/payload-codec';
import { workflowBundlePath } from './workflow-bundle';

export interface HistoryToReplay {
  readonly workflowId: string;
  readonly history: StoredHistory;
}

export interface ReplayResult {
  readonly workflowId: string;
  readonly runId: string;
  readonly events: number;
  /** null: it fits. */
  readonly misfit: {
    readonly reason: string;
    /** Of the history's event at which today's code goes another way; null: the SDK does not say. */
    readonly atEvent: number | null;
  } | null;
}

/**
 * Replays histories against the workflow bundle of this build. They are decrypted in memory alone.
 * @throws ConfigError `CONFIG_BUNDLE` when nothing has been built.
 */
export async function replayHistories(keys: KeyRing, entries: readonly HistoryToReplay[]): Promise<ReplayResult[]> {
  quiet();
  const plain = { failureConverterPath: require.resolve('../temporal/failure-converter') };
  const options = {
    workflowBundle: { codePath: workflowBundlePath() },
    dataConverter: keys.length === 0 ? plain : createDataConverter(keys),
  };
  const results: ReplayResult[] = [];
  // One after the other: results carry no more than an id, which runs of one workflow share.
  for (const { workflowId, history } of entries) {
    for await (const { runId, error } of Worker.runReplayHistories(options, [{ workflowId, history }])) {
      const events = history.events?.length ?? 0;
      results.push({ workflowId, runId, events, misfit: error === undefined ? null : explain(error) });
    }
  }
  return results;
}

/** @throws InputError `INPUT_HISTORY` when the text is not what `temporal workflow show --output json` writes. */
export function parseHistory(text: string): StoredHistory {
  try {
    const history = historyFromJSON(JSON.parse(text));
    if ((history.events?.length ?? 0) > 0) return history;
  } catch {
    // Told below: the parser's own message may quote the file.
  }
  throw new InputError('The file holds no history; write one with "temporal workflow show -w <id> --output json".', {
    code: 'INPUT_HISTORY',
  });
}

function explain(error: Error): { readonly reason: string; readonly atEvent: number | null } {
  const [reason = ''] = error.message.split('\n');
  const [, atEvent] = /\bid: (\d+)/.exec(error.message) ?? /\bevent(?: id)?:? (\d+)/i.exec(error.message) ?? [];
  return { reason: `${error.name}: ${reason}`, atEvent: atEvent === undefined ? null : Number(atEvent) };
}

let isQuiet = false;

/** The SDK would log each misfit on its own; it is installed once a process. */
function quiet(): void {
  if (isQuiet) return;
  isQuiet = true;
  try {
    Runtime.install({
      logger: new DefaultLogger('ERROR', () => undefined),
      telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
    });
  } catch {
    // Somebody else has installed one.
  }
}
