import { Worker } from '@temporalio/worker';
import { WORKFLOW_BUNDLE_PATH } from './temporal';

type Histories = Parameters<typeof Worker.runReplayHistories>[1] extends infer H
  ? H extends AsyncIterable<infer Entry> | Iterable<infer Entry>
    ? Entry
    : never
  : never;

/** Replays histories by name against a workflow bundle; answers those that do not fit, with the reason. */
export async function replay(
  histories: Readonly<Record<string, Histories['history']>>,
  bundle: { readonly codePath: string } | { readonly code: string } = { codePath: WORKFLOW_BUNDLE_PATH },
): Promise<string[]> {
  const entries = Object.entries(histories).map(([workflowId, history]) => ({ workflowId, history }));
  const misfits: string[] = [];
  const options = {
    workflowBundle: bundle,
    dataConverter: { failureConverterPath: require.resolve('../../src/temporal/failure-converter') },
  };
  for await (const result of Worker.runReplayHistories(options, entries)) {
    if (result.error) misfits.push(`${result.workflowId}: ${result.error.name}: ${result.error.message}`);
  }
  return misfits;
}
