import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import type { HistoryToReplay, ReplayResult } from '../../app/replay-histories';
import { sessionWorkflowId } from '../../contract/ids';
import type { Cli } from '../cli';
import { EXIT } from '../exit-codes';
import { platformOption } from '../parse-options';
import { withProgress } from '../progress';
import { parseSessionRef } from '../session-refs';
import { paint } from '../table';
import { addVerb, onCall, withOperator, type Outcome } from '../verb';
import { plural } from '../words';

interface Options {
  readonly all?: boolean;
  readonly platform?: string;
}

export function addReplay(program: Command, cli: Cli): void {
  const command = addVerb(program, {
    usage: 'replay <workflow-or-file>',
    summary: "does today's code still fit a workflow's history?",
    about:
      'Fetches the history of a workflow, or reads one from a file, and replays it against the workflow bundle of this build, as a worker would. It changes nothing in Temporal, calls nobody and writes no decrypted history to disk. Run it with a new release before you deploy it.',
    examples: [
      ['convoke replay 5401', 'the newest run of a session'],
      ['convoke replay session/academy/5401 --all', 'all of its runs that are still there'],
      ['convoke replay platform/academy', 'any workflow, by its id'],
      ['convoke replay history.json', 'what "temporal workflow show --output json" wrote'],
    ],
    next: ['docs/adr/0006-names-in-histories.md   how workflows change by version'],
  })
    .option('--all', 'all runs of the workflow that are still there')
    .addOption(platformOption());
  onCall<Options>(command, cli, async ({ all = false, platform }, [text]) => {
    const entries = isFile(text as string)
      ? [{ workflowId: 'file', history: (await cli.replayer()).parse(readFileSync(text as string, 'utf8')) }]
      : await fetchHistories(cli, text as string, { all, platform });
    const replayer = await cli.replayer();
    const results = await withProgress(cli.io, `replaying ${plural(entries.length, 'run')}`, () =>
      replayer.replay(entries),
    );
    return present(cli, results);
  });
}

function isFile(text: string): boolean {
  return existsSync(text) && statSync(text).isFile();
}

async function fetchHistories(
  cli: Cli,
  text: string,
  { all, platform }: { readonly all: boolean; readonly platform: string | undefined },
): Promise<HistoryToReplay[]> {
  return withOperator(cli, 'fetching the history', async ({ operator, platforms }) => {
    // A session by its short name; anything with another first part is an id already.
    const isSession =
      /^(session\/|[a-z0-9-]+\/\d+$|\d+$)/.test(text) && !/^(course|learning-plan|platform)\//.test(text);
    const workflowId = isSession ? sessionWorkflowId(parseSessionRef(text, { platforms, platform })) : text;
    const runs = all ? await operator.runs(workflowId) : [{ runId: undefined }];
    const entries: HistoryToReplay[] = [];
    for (const { runId } of runs) entries.push({ workflowId, history: await operator.history(workflowId, runId) });
    return entries;
  });
}

function present({ io }: Cli, results: readonly ReplayResult[]): Outcome {
  const misfits = results.filter(({ misfit }) => misfit !== null);
  const lines = results.map(({ workflowId, runId, events, misfit }) => {
    const what = `${workflowId}  run ${runId}  ${plural(events, 'event')}  `;
    if (misfit === null) return what + paint(io, 'fits', 'green');
    const at = misfit.atEvent === null ? '' : ` at event ${misfit.atEvent}`;
    return `${what}${paint(io, `does not fit${at}`, 'red')}\n  ${misfit.reason}`;
  });
  if (misfits.length > 0) lines.push('', ...ADVICE);
  return {
    json: { fits: misfits.length === 0, runs: results },
    text: lines,
    exit: misfits.length === 0 ? EXIT.fine : EXIT.wrong,
  };
}

const ADVICE = [
  'Do not deploy this build while such a workflow runs: its task would fail until the code fits again (nothing is lost).',
  "Put the changed order of commands behind patched('<name>'), so that old histories keep the old way; docs/adr/0006-names-in-histories.md says how.",
  "A workflow that is stuck already goes on with the release before; or end it by 'convoke terminate', and the next hint starts it anew.",
];
