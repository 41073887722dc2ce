import { Option, type Command } from 'commander';
import { createOperatorLooks, type OperatorLooks } from '../../app/doctor/create-doctor';
import { beginBackfill, followBackfill, type BackfillLook } from '../../app/run-backfill';
import { doceboQueue } from '../../contract/queues';
import { InputError, UpstreamError } from '../../domain/errors';
import type { Cli } from '../cli';
import { EXIT } from '../exit-codes';
import { parseDuration, platformOption } from '../parse-options';
import { withProgress } from '../progress';
import { choosePlatform } from '../session-refs';
import { addVerb, onCall, type Outcome } from '../verb';
import { plural } from '../words';

interface Options {
  readonly platform?: string;
  readonly doceboConnectIsOff?: boolean;
  readonly dryRun?: boolean;
  readonly wait: boolean;
  /** Milliseconds. */
  readonly settle: number;
}

const SETTLE_MS = 5 * 60_000;

export function addBackfill(program: Command, cli: Cli): void {
  const command = addVerb(program, {
    usage: 'backfill',
    summary: 'covers every future session without waiting for a webhook',
    about:
      "For a first start: walks through Docebo's lists and gives every future session its workflow. Events that Docebo Connect left in the calendar are taken over, and nobody is mailed for them; sessions without events get their invitations. Docebo Connect's recipes must be stopped first, and convoke.yaml must say so (doceboConnectIsOff: true), or everybody would be invited twice. The work goes on in Temporal, as Docebo's hourly limit allows, whether or not this command waits.",
    examples: [
      ['convoke backfill --dry-run', 'how many sessions it would find; tells none of them anything'],
      ['convoke backfill --docebo-connect-is-off', 'does it, and waits'],
      ['convoke backfill --docebo-connect-is-off --no-wait', 'starts it; convoke sessions shows how it goes'],
    ],
    next: ['convoke sessions --status error,pending    what is not in step yet', 'convoke coverage'],
  })
    .addOption(platformOption())
    .option('--docebo-connect-is-off', 'you have stopped the recipes of Docebo Connect, or never had any')
    .option('--dry-run', 'only count; nothing is started')
    .option('--no-wait', 'do not wait for its end')
    .addOption(
      new Option('--settle <duration>', 'how long to wait at the end for sessions to get in step')
        .argParser(parseDuration)
        .default(SETTLE_MS, '5m'),
    );
  onCall<Options>(command, cli, async (options) => {
    const configuration = cli.loadConfig();
    const platforms = Object.keys(configuration.config.platforms);
    const platform = choosePlatform({ platform: options.platform, platforms });
    if (options.dryRun !== true)
      refuseWhileConnectMayRun(options, configuration.config.platforms[platform]?.mayBeSwept);
    return withProgress(cli.io, 'backfill', async (tell) => {
      const looks = await createOperatorLooks(configuration, 'backfill');
      try {
        return options.dryRun === true ? await preview(looks, platform) : await run(looks, platform, options, tell);
      } finally {
        await looks.close();
      }
    });
  });
}

/** The worker refuses as well, by its own settings; here it is told before anything starts. */
function refuseWhileConnectMayRun({ doceboConnectIsOff }: Options, isSetOff: boolean | undefined): void {
  if (doceboConnectIsOff === true && isSetOff === true) return;
  const missing = [
    ...(doceboConnectIsOff === true ? [] : ['add --docebo-connect-is-off']),
    ...(isSetOff === true
      ? []
      : ['set doceboConnectIsOff: true for this platform in convoke.yaml and restart the worker']),
  ];
  throw new InputError(
    `Docebo Connect and Convoke would both invite everybody. Stop the recipes of Docebo Connect for this platform, then ${missing.join(' and ')}.`,
    { code: 'INPUT_BACKFILL_DOCEBO_CONNECT' },
  );
}

async function preview({ reads }: OperatorLooks, platform: string): Promise<Outcome> {
  const { result, via } = await reads.read(doceboQueue(platform), 'previewBackfill', { platform });
  const { sessions, hinted, waiting, coursesVisited, coursesPlanned, doceboCalls, finished, stoppedBy } = result;
  return {
    json: { platform, dryRun: true, via, ...result },
    text: [
      `${platform}: ${plural(sessions, 'future session')} in ${coursesVisited} of ${plural(coursesPlanned, 'course')}; ${hinted + waiting} of them would be told to look at themselves, or get a workflow.`,
      `It cost ${plural(doceboCalls, 'Docebo call')}. Nothing was started.`,
      ...(finished
        ? []
        : [`The look ended early${stoppedBy === null ? '' : ` (${stoppedBy})`}: there may be more sessions.`]),
    ],
  };
}

async function run(
  { temporal, configuration }: OperatorLooks,
  platform: string,
  { wait, settle }: Options,
  tell: (text: string) => void,
): Promise<Outcome> {
  if (temporal === null) {
    throw new UpstreamError(`Temporal does not answer at ${configuration.config.temporal.address}.`, {
      code: 'TEMPORAL_UNAVAILABLE',
    });
  }
  const { client } = temporal;
  const workflowId = await beginBackfill(client, configuration.config, platform);
  if (!wait) {
    return { json: { platform, workflowId, waited: false }, text: [`Started as ${workflowId}. It goes on by itself.`] };
  }
  const onLook = (look: BackfillLook): void => tell(toLine(look));
  const end = await followBackfill(client, { platform, settleMs: settle, onLook });
  const { error = 0, pending = 0 } = end.sessions;
  return {
    json: { platform, workflowId, waited: true, ...end },
    text: [
      `${platform}: ${toLine(end)}`,
      ...(error > 0 ? [`${plural(error, 'session')} with a problem: convoke sessions --status error`] : []),
      ...(pending > 0 ? [`${plural(pending, 'session')} not looked at yet: convoke sessions --status pending`] : []),
    ],
    exit: error + pending > 0 ? EXIT.wrong : EXIT.fine,
  };
}

function toLine({ progress, sessions }: BackfillLook): string {
  const standing = Object.entries(sessions)
    .map(([status, count]) => `${count} ${status}`)
    .join(', ');
  const now = standing === '' ? 'no session runs' : `sessions now: ${standing}`;
  if (progress === null) return `no answer yet (does a worker run?); ${now}`;
  const { phase, hinted, sessions: known, connectEvents, rounds, stoppedBy } = progress;
  const early = stoppedBy === null ? '' : `, the last round ended early (${stoppedBy})`;
  return `${phase}: ${hinted} of ${known} sessions told in ${plural(rounds, 'round')}${early}; ${plural(connectEvents, 'event')} of Docebo Connect; ${now}`;
}
