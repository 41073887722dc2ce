import type { Instant } from '../model';
import { causeOf, type FailureNotice } from './failure-notice';
import type { WebhookHealth } from './failure-reading';

const HOUR_MS = 3_600_000;
/** The record of a platform keeps what it has seen: it counts as wrong now while it was seen in this time. Longer than a day, so that what comes once a day stays one cause. */
const RECENT_MS = 25 * HOUR_MS;
/** A single message with other credentials is somebody's trial. */
const REPEATED = 3;
/** Names come from outside. */
const NAME_LENGTH = 80;

/** What is wrong with the messages that Docebo sends: one notice for each event and each domain, since each has a remedy of its own. */
export function webhookNotices(health: WebhookHealth, now: Instant): FailureNotice[] {
  const isRecent = (at: Instant | null): boolean => at !== null && Date.parse(now) - Date.parse(at) < RECENT_MS;
  const notice = (
    code: string,
    what: { readonly name?: string; readonly since: Instant; readonly message: string },
  ) => {
    const scope = ['platform', health.platform, ...(what.name === undefined ? [] : [toName(what.name)])].join('/');
    return {
      cause: causeOf(code, scope),
      code,
      scope,
      platform: health.platform,
      sessions: [],
      count: 0,
      learners: 0,
      since: what.since,
      messages: [what.message],
      workflows: [],
    };
  };

  const { authenticationFailures: refused, lastAuthenticationFailureAt: refusedAt, lastWebhookAt } = health;
  const wrongPassword =
    refusedAt !== null && isRecent(refusedAt) && refused >= REPEATED
      ? [
          notice('WEBHOOK_AUTHENTICATION', {
            since: refusedAt,
            message: `${refused} messages with wrong credentials so far, the last at ${refusedAt}; last accepted: ${lastWebhookAt ?? 'none yet'}.`,
          }),
        ]
      : [];
  const unknown = health.unknownEvents
    .filter(({ lastAt }) => isRecent(lastAt))
    .map(({ shape, count, firstAt, lastAt }) =>
      notice(shape.reason === 'unknown-event' ? 'WEBHOOK_UNKNOWN_EVENT' : 'WEBHOOK_WITHOUT_ID', {
        name: shape.event,
        since: firstAt,
        message: `${count} messages, the last at ${lastAt}.`,
      }),
    );
  const foreign = health.foreignDomains
    .filter(({ lastAt }) => isRecent(lastAt))
    .map(({ domain, count, lastAt }) =>
      notice('WEBHOOK_FOREIGN_DOMAIN', {
        name: domain,
        since: lastAt,
        message: `${count} messages, the last at ${lastAt}.`,
      }),
    );
  return [...wrongPassword, ...unknown, ...foreign];
}

/** One short line without control characters. */
function toName(text: string): string {
  const line = text.replace(/[\s\p{C}]+/gu, ' ').trim();
  return line === '' ? 'without a name' : line.slice(0, NAME_LENGTH);
}
