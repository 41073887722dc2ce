import type { Message } from '@microsoft/microsoft-graph-types';
import { mergeExtendedProperties } from '../calendar/extended-properties';
import { GraphError } from '../graph/graph-error';
import type { Mailbox, StoredMessage } from '../state/model';
import { folderOf, type SimulatorState } from '../state/simulator-state';
import { appendMessage } from './append-message';
import { deliver, readMessage, requireRecipients } from './send-mail';

/**
 * `POST messages`: a message in Drafts, which may lack its recipients.
 * @throws GraphError 400 as `readMessage`, and for a malformed id of an extended property.
 */
export function createDraft(state: SimulatorState, mailbox: Mailbox, message: Message): StoredMessage {
  return appendMessage(state, mailbox, {
    ...readMessage(mailbox, message),
    folderId: folderOf(mailbox, 'drafts'),
    isDraft: true,
    isRead: true,
    extendedProperties: mergeExtendedProperties(
      [],
      (message.singleValueExtendedProperties ?? []).map(({ id, value }) => ({ id, value })),
    ),
  });
}

/**
 * `POST messages/<id>/send`: the draft leaves, and its copy in Sent Items keeps the immutable id and the extended properties.
 * @throws GraphError 400: no recipient, or no draft (what Graph says to that is not documented).
 */
export function sendDraft(state: SimulatorState, mailbox: Mailbox, draft: StoredMessage): void {
  if (!draft.isDraft) throw new GraphError(400, 'ErrorInvalidOperation', 'Only a draft can be sent.');
  requireRecipients(draft.to);
  draft.isDraft = false;
  state.messages.move(draft, folderOf(mailbox, 'sentitems'));
  const { subject, bodyHtml, from, to, importance, internetMessageHeaders } = draft;
  const message = { subject, bodyHtml, from, to, importance, internetMessageHeaders };
  for (const recipient of to) deliver(state, mailbox, { message, recipient, because: 'a draft that was sent' });
}
