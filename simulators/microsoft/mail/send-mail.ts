import { randomUUID } from 'node:crypto';
import type { Message, Recipient } from '@microsoft/microsoft-graph-types';
import { htmlToText, normalizeBody } from '../calendar/body-html';
import { GraphError } from '../graph/graph-error';
import type { Mailbox } from '../state/model';
import { folderOf, type SimulatorState } from '../state/simulator-state';
import { appendMessage, type NewMessage } from './append-message';

/**
 * `sendMail`: accepted, and at once with everybody it is addressed to. There is no key against doubles.
 * @throws GraphError 400: no recipient, an address that is none, a header that does not begin with x-.
 */
export function sendMail(state: SimulatorState, mailbox: Mailbox, message: Message, saveToSentItems: boolean): void {
  const sent = { ...readMessage(mailbox, message), folderId: folderOf(mailbox, 'sentitems') };
  requireRecipients(sent.to);
  if (saveToSentItems) appendMessage(state, mailbox, { ...sent, isRead: true });
  for (const recipient of sent.to) deliver(state, mailbox, { message: sent, recipient, because: 'sent by sendMail' });
}

/**
 * A message as a request gives it.
 * @throws GraphError 400: an address that is none, a header that does not begin with x-.
 */
export function readMessage(mailbox: Mailbox, message: Message): Omit<NewMessage, 'folderId'> {
  const to = [...(message.toRecipients ?? []), ...(message.ccRecipients ?? []), ...(message.bccRecipients ?? [])].map(
    readRecipient,
  );
  const headers = (message.internetMessageHeaders ?? []).map((h) => ({ name: h.name ?? '', value: h.value ?? '' }));
  const wrong = headers.find((h) => !/^x-/i.test(h.name));
  if (wrong !== undefined)
    throw new GraphError(
      400,
      'InvalidInternetMessageHeader',
      `The internet message header name '${wrong.name}' should start with 'x-' or 'X-'.`,
    );
  return {
    subject: message.subject ?? '',
    bodyHtml: normalizeBody(message.body, { renameIds: false }),
    from: { address: mailbox.address, name: mailbox.displayName },
    to,
    importance: message.importance ?? 'normal',
    internetMessageHeaders: headers,
  };
}

/** @throws GraphError 400 when there is nobody to send to. */
export function requireRecipients(to: readonly unknown[]): void {
  if (to.length === 0) throw new GraphError(400, 'ErrorInvalidRecipients', 'At least one recipient is required.');
}

/** Brings a mail to one recipient: the outbox, the person, and the mailbox if there is one here. */
export function deliver(
  state: SimulatorState,
  sender: Mailbox,
  {
    message,
    recipient,
    because,
  }: {
    readonly message: Omit<NewMessage, 'folderId'>;
    readonly recipient: { address: string; name: string };
    readonly because: string;
  },
): void {
  const at = state.nowIso();
  state.data.outbox.push({
    index: state.data.outbox.length,
    at,
    mailbox: sender.address,
    to: recipient.address,
    kind: 'mail',
    eventId: null,
    subject: message.subject,
    because,
    significant: false,
  });
  state.person(recipient.address, recipient.name).received.push({
    id: randomUUID(),
    at,
    kind: 'mail',
    from: sender.address,
    subject: message.subject,
    iCalUId: null,
    snapshotId: null,
    because,
    significant: false,
    text: htmlToText(message.bodyHtml),
  });
  const mailbox = state.findMailbox(recipient.address);
  if (mailbox !== undefined) appendMessage(state, mailbox, { ...message, folderId: folderOf(mailbox, 'inbox') });
}

function readRecipient(recipient: Recipient): { address: string; name: string } {
  const address = recipient.emailAddress?.address ?? '';
  if (!/^[^\s@]+@[^\s@]+$/.test(address))
    throw new GraphError(400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.');
  return { address, name: recipient.emailAddress?.name ?? address };
}
