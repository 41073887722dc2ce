import type { MailboxKey, PlatformKey } from '../model';

/** Where a failure was met. */
export interface FailurePlace {
  readonly platform: PlatformKey | null;
  readonly mailbox: MailboxKey | null;
}

/**
 * What is broken when this code is met here, so that a hundred sessions with one cause make one notice: `microsoft` (the app registration, one
 * for all), `mail`, `mailbox/<key>`, `template/<platform>`, `platform/<platform>`, or `convoke` where nothing else is known.
 */
export function scopeOf(code: string, { platform, mailbox }: FailurePlace): string {
  const ofMailbox = mailbox === null ? 'convoke' : `mailbox/${mailbox}`;
  const ofPlatform = platform === null ? ofMailbox : `platform/${platform}`;
  if (code === 'GRAPH_TOKEN' || code.startsWith('ENTRA_')) return 'microsoft';
  if (code.startsWith('MAIL_')) return 'mail';
  if (code.startsWith('GRAPH_')) return mailbox === null ? ofPlatform : ofMailbox;
  if (code.startsWith('TEMPLATE_')) return platform === null ? ofMailbox : `template/${platform}`;
  return ofPlatform;
}

/** A scope in words that fit into a sentence: `mailbox "training"`. */
export function describeScope(code: string, scope: string): string {
  const [kind = '', key = ''] = scope.split('/');
  switch (kind) {
    case 'mailbox':
      return `mailbox "${key}"`;
    case 'platform':
      return code.startsWith('GRAPH_') ? `a mailbox of Docebo platform "${key}"` : `Docebo platform "${key}"`;
    case 'template':
      return `Docebo platform "${key}"`;
    default:
      return 'Convoke';
  }
}

/** What a scope names inside its platform, an event or a domain; null: nothing. */
export function detailOf(scope: string): string | null {
  const [, , ...detail] = scope.split('/');
  return detail.length === 0 ? null : detail.join('/');
}
