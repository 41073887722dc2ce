import { WORKFLOWS } from '../../contract/messages';
import { SEARCH_ATTRIBUTES as SA } from '../../contract/search-attributes';
import type { SessionFilter } from './operator';

/** Temporal's list filter for the sessions that are meant. */
export function toSessionQuery(filter: SessionFilter): string {
  const { platform, course, statuses, startsBefore, query, ended = false } = filter;
  const parts = [`WorkflowType = ${quote(WORKFLOWS.courseSession)}`];
  if (!ended && statuses?.includes('closed') !== true) parts.push('ExecutionStatus = "Running"');
  // A roll-over is not an end: the session goes on under the same id.
  else parts.push('ExecutionStatus != "ContinuedAsNew"');
  if (platform !== undefined) parts.push(`${SA.platform.name} = ${quote(platform)}`);
  if (course !== undefined) parts.push(`${SA.course.name} = ${quote(course)}`);
  if (statuses !== undefined && statuses.length > 0) {
    parts.push(`${SA.status.name} IN (${statuses.map(quote).join(', ')})`);
  }
  if (startsBefore !== undefined) parts.push(`${SA.startsAt.name} < ${quote(startsBefore)}`);
  if (query !== undefined) parts.push(`(${query})`);
  return parts.join(' AND ');
}

function quote(value: string): string {
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}
