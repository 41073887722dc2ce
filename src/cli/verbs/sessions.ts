import { Option, type Command } from 'commander';
import type { SessionFilter, SessionList, SessionRow } from '../../app/open-operator';
import type { SyncStatus } from '../../contract/search-attributes';
import type { Cli } from '../cli';
import { parseCount, parseId, parseInstant, parseSome, platformOption } from '../parse-options';
import { choosePlatform } from '../session-refs';
import { renderTable } from '../table';
import { addVerb, onCall, withOperator, type Outcome } from '../verb';
import { nameOf, plural, showTime } from '../words';
import { statusCell } from './status-cell';

export const STATUSES: readonly SyncStatus[] = ['error', 'held', 'pending', 'in_sync', 'off', 'closed'];

interface Options {
  readonly status?: readonly SyncStatus[];
  readonly course?: string;
  readonly platform?: string;
  readonly startsBefore?: string;
  readonly query?: string;
  readonly ended?: boolean;
  readonly limit: number;
}

export function addSessions(program: Command, cli: Cli): void {
  const command = addVerb(program, {
    usage: 'sessions',
    summary: 'list sessions with their status, and how many have which',
    about:
      "Lists the sessions that Convoke watches, the earliest first, from Temporal's list (which may lag by seconds). No worker need run. Without --ended or --status closed, only those whose workflow runs.",
    examples: [
      ['convoke sessions --status error', 'what needs somebody'],
      [
        'convoke sessions --status error,pending,held --starts-before 3d',
        'starts within three days and is not in step',
      ],
      ['convoke sessions --course 190 --json', 'a course, for a script'],
      [`convoke sessions --query 'ConvokeMailbox = "training"'`, "with more of Temporal's list filter"],
    ],
    next: ['convoke session <session>   the details of one', 'convoke why <session>       how it came to be so'],
  });
  command
    .addOption(
      new Option('--status <status>', `one or several, with commas: ${STATUSES.join(', ')}`).argParser(
        parseSome(STATUSES),
      ),
    )
    .addOption(new Option('--course <id>', 'of this course').argParser(parseId))
    .addOption(platformOption())
    .addOption(
      new Option('--starts-before <time>', '2026-12-24, 2026-12-24T09:00Z, or 3d from now').argParser(
        parseInstant(() => cli.now()),
      ),
    )
    .option('--query <filter>', "more of Temporal's list filter")
    .option('--ended', 'sessions whose workflow has ended, too')
    .addOption(new Option('--limit <number>', 'rows at most').argParser(parseCount).default(50));
  onCall<Options>(command, cli, async ({ limit, ...options }) => {
    const list = await withOperator(cli, 'asking Temporal for its list', async ({ operator, platforms }) => {
      if (options.platform !== undefined) choosePlatform({ platform: options.platform, platforms });
      return operator.sessions(toFilter(options), limit);
    });
    return present(cli, list);
  });
}

export function toFilter({
  status,
  course,
  platform,
  startsBefore,
  query,
  ended,
}: Omit<Options, 'limit'>): SessionFilter {
  return {
    ...(status !== undefined && { statuses: status }),
    ...(course !== undefined && { course }),
    ...(platform !== undefined && { platform }),
    ...(startsBefore !== undefined && { startsBefore }),
    ...(query !== undefined && { query }),
    ...(ended !== undefined && { ended }),
  };
}

function present(cli: Cli, { rows, matching, counts }: SessionList): Outcome {
  const json = { sessions: rows, matching, counts };
  if (rows.length === 0) return { json, text: ['No session matches.'] };
  const head = ['SESSION', 'STATUS', 'COURSE', 'STARTS (UTC)', 'MAILBOX', 'WORKFLOW'];
  const by = STATUSES.filter((status) => counts[status] > 0).map((status) => `${counts[status]} ${status}`);
  const further = matching > rows.length ? `; ${matching - rows.length} more do not fit, see --limit` : '';
  return {
    json,
    text: [
      ...renderTable(cli.io, head, rows.map(toRow)),
      '',
      `${plural(matching, 'session')}: ${by.join(', ')}${further}`,
    ],
  };
}

function toRow(row: SessionRow) {
  const { courseId, mailbox, startsAt, execution, workflowId } = row;
  const workflow = execution === 'running' ? workflowId : `${workflowId} (${execution})`;
  return [
    nameOf(row),
    statusCell(row.status),
    courseId ?? '-',
    showTime(startsAt).slice(0, 16),
    mailbox ?? '-',
    workflow,
  ];
}
