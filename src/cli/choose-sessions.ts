import { Option, type Command } from 'commander';
import type { OpenOperator } from '../app/open-operator';
import { InputError } from '../domain/errors';
import type { SessionRef } from '../domain/model';
import type { SyncStatus } from '../contract/search-attributes';
import { parseId, parseSome, platformOption } from './parse-options';
import { choosePlatform, parseSessionRef } from './session-refs';
import { STATUSES, toFilter } from './verbs/sessions';

/** Sessions by name, or many by a filter. */
export interface Choice {
  readonly platform?: string;
  readonly course?: string;
  readonly status?: readonly SyncStatus[];
  readonly query?: string;
}

/** At most this many at once. */
const MANY = 10_000;

export function addChoice(command: Command): Command {
  return command
    .addOption(platformOption())
    .addOption(new Option('--course <id>', 'all sessions of this course').argParser(parseId))
    .addOption(
      new Option('--status <status>', 'all with this status; several with commas').argParser(parseSome(STATUSES)),
    )
    .option('--query <filter>', "all that Temporal's list filter finds");
}

/** @throws InputError `INPUT_SESSION_REF` when both or neither are given. */
export async function chooseSessions(
  { operator, platforms }: OpenOperator,
  names: readonly string[],
  choice: Choice,
): Promise<{ readonly refs: readonly SessionRef[]; readonly byFilter: boolean }> {
  const { platform, course, status, query } = choice;
  const byFilter = course !== undefined || status !== undefined || query !== undefined;
  if (byFilter === names.length > 0) {
    const message = 'Name sessions, or choose many by --course, --status or --query: one of the two.';
    throw new InputError(message, { code: 'INPUT_SESSION_REF' });
  }
  if (!byFilter) return { refs: names.map((name) => parseSessionRef(name, { platforms, platform })), byFilter };
  if (platform !== undefined) choosePlatform({ platform, platforms });
  const { rows } = await operator.sessions(toFilter(choice), MANY);
  return { refs: rows.map(({ platform: of, sessionId }) => ({ platform: of, sessionId })), byFilter };
}
