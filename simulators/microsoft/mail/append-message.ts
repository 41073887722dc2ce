import { randomUUID } from 'node:crypto';
import type { ExtendedProperty, Mailbox, MeetingMessage, StoredMessage } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';

export interface NewMessage {
  readonly folderId: string;
  readonly subject: string;
  readonly bodyHtml: string;
  readonly from: { address: string; name: string };
  readonly to: { address: string; name: string }[];
  readonly meeting?: MeetingMessage;
  readonly isRead?: boolean;
  readonly importance?: StoredMessage['importance'];
  readonly categories?: string[];
  readonly isDraft?: boolean;
  readonly extendedProperties?: ExtendedProperty[];
  readonly internetMessageHeaders?: StoredMessage['internetMessageHeaders'];
}

/** Puts a message into a folder of a mailbox. */
export function appendMessage(state: SimulatorState, mailbox: Mailbox, message: NewMessage): StoredMessage {
  return state.messages.add({
    mailboxId: mailbox.id,
    container: message.folderId,
    receivedAt: state.nowIso(),
    subject: message.subject,
    bodyHtml: message.bodyHtml,
    from: message.from,
    to: message.to,
    isRead: message.isRead ?? false,
    isDraft: message.isDraft ?? false,
    importance: message.importance ?? 'normal',
    categories: message.categories ?? [],
    internetMessageId: `<${randomUUID()}@simulator.example>`,
    internetMessageHeaders: message.internetMessageHeaders ?? [],
    extendedProperties: message.extendedProperties ?? [],
    meeting: message.meeting ?? null,
  });
}
