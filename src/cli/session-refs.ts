import { parseDoceboConnectTransactionId, parseTransactionId } from '../contract/calendar-keys';
import { didYouMean } from '../domain/closest-name';
import { InputError } from '../domain/errors';
import type { EventId, MailboxKey, PlatformKey, SessionRef } from '../domain/model';

export interface RefContext {
  /** As convoke.yaml names them. */
  readonly platforms: readonly PlatformKey[];
  /** `--platform`. */
  readonly platform?: PlatformKey | undefined;
}

/**
 * `5401`, `academy/5401` or `session/academy/5401`.
 * @throws InputError `INPUT_SESSION_REF`, `INPUT_PLATFORM`.
 */
export function parseSessionRef(text: string, context: RefContext): SessionRef {
  const [, platform, sessionId] = /^(?:(?:session\/)?([a-z0-9-]{1,32})\/)?(\d+)$/.exec(text.trim()) ?? [];
  if (sessionId === undefined) {
    const message = `"${text}" names no session; write 5401, academy/5401 or session/academy/5401 with the session's id in Docebo.`;
    throw new InputError(message, { code: 'INPUT_SESSION_REF' });
  }
  if (platform !== undefined && context.platform !== undefined && platform !== context.platform) {
    const message = `"${text}" names the platform "${platform}", --platform another one ("${context.platform}"); leave one of them out.`;
    throw new InputError(message, { code: 'INPUT_PLATFORM' });
  }
  return { platform: choosePlatform({ ...context, platform: platform ?? context.platform }), sessionId };
}

/** A session as above, or the transaction id of one of its events: `cvk1-academy-5401-101-1`, or Docebo Connect's `5401-101`. */
export function parseEventRef(text: string, context: RefContext): SessionRef & { readonly eventId: EventId | null } {
  const own = parseTransactionId(text.trim());
  if (own !== null) return own.ref;
  const connect = parseDoceboConnectTransactionId(text.trim());
  if (connect !== null) return { platform: choosePlatform(context), ...connect };
  return { ...parseSessionRef(text, context), eventId: null };
}

/** The one that is meant where none is named. @throws InputError `INPUT_PLATFORM`. */
export function choosePlatform({ platform, platforms }: RefContext): PlatformKey {
  const [only] = platforms;
  const known = platforms.join(', ');
  if (platform === undefined) {
    if (only !== undefined && platforms.length === 1) return only;
    const which = platforms.length === 0 ? 'convoke.yaml is not here, so that none is known' : `there are ${known}`;
    throw new InputError(`Which platform? Name it with --platform; ${which}.`, { code: 'INPUT_PLATFORM' });
  }
  if (platforms.length === 0 || platforms.includes(platform)) return platform;
  const message = `convoke.yaml has no platform "${platform}"${didYouMean(platform, platforms)}; there are ${known}.`;
  throw new InputError(message, { code: 'INPUT_PLATFORM' });
}

/** @throws InputError `INPUT_MAILBOX`. */
export function chooseMailbox(mailbox: MailboxKey, mailboxes: readonly MailboxKey[]): MailboxKey {
  if (mailboxes.includes(mailbox)) return mailbox;
  const message = `convoke.yaml has no mailbox "${mailbox}"${didYouMean(mailbox, mailboxes)}; there are ${mailboxes.join(', ')}.`;
  throw new InputError(message, { code: 'INPUT_MAILBOX' });
}
