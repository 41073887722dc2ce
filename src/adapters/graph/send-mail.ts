import { AccessError, InputError } from '../../domain/errors';
import type { Mail, MailSender } from '../../domain/ports';
import { pathForPeople, type GraphMailbox, type GraphRequest } from './client';
import { quote } from './event-query';
import { listAll } from './list-all';
import { flagOrNull, reader, text } from './schema';

export interface GraphMailSenderOptions {
  /** The mailbox that sends. */
  readonly graph: GraphMailbox;
  /** Id of the extended property that holds a mail's key, in Graph's notation. */
  readonly keyPropertyId: string;
}

interface WireMessage {
  readonly id: string;
  readonly isDraft?: boolean | null;
}

const readMessage = reader<WireMessage>('a message', {
  type: 'object',
  required: ['id'],
  properties: { id: text, isDraft: flagOrNull },
});

/** The app may not look into the mailbox or write drafts: `Mail.Send` alone. */
const FORBIDDEN = Symbol('forbidden');

/**
 * Mail from a mailbox, by Graph. `sendMail` has no key against doubles (https://learn.microsoft.com/graph/api/user-sendmail), so a mail is
 * drafted under its key, sent, and looked for by a later attempt: a sent one keeps its properties in Sent Items. That takes `Mail.ReadWrite`;
 * with `Mail.Send` alone a mail goes out at once, and a lost answer leads to a second one.
 */
export function createGraphMailSender({ graph, keyPropertyId }: GraphMailSenderOptions): MailSender {
  /** The mail of an earlier attempt. A sent one goes before a draft. */
  async function find(key: string): Promise<WireMessage | null> {
    const filter = `singleValueExtendedProperties/Any(ep: ep/id eq ${quote(keyPropertyId)} and ep/value eq ${quote(key)})`;
    const request: GraphRequest = {
      kind: 'find-mail',
      method: 'GET',
      path: '/messages',
      query: `$filter=${encodeURIComponent(filter)}&$select=id,isDraft`,
    };
    const items = await listAll(graph, request);
    const found = items.map((item) => readMessage(item, pathForPeople(graph.mailbox, request)));
    return found.find(({ isDraft }) => isDraft === false) ?? found[0] ?? null;
  }

  async function draft(mail: Mail): Promise<WireMessage> {
    const request: GraphRequest = {
      kind: 'draft-mail',
      method: 'POST',
      path: '/messages',
      body: { ...toMessage(mail), singleValueExtendedProperties: [{ id: keyPropertyId, value: mail.key }] },
    };
    return readMessage((await graph.send(request)).json, pathForPeople(graph.mailbox, request));
  }

  async function findOrDraft(mail: Mail): Promise<WireMessage | null> {
    const found = await unlessForbidden(() => find(mail.key));
    if (found === FORBIDDEN) return null;
    if (found !== null) return found;
    const made = await unlessForbidden(() => draft(mail));
    return made === FORBIDDEN ? null : made;
  }

  async function send(mail: Mail): Promise<'now' | 'earlier'> {
    const prepared = await findOrDraft(mail);
    if (prepared?.isDraft === false) return 'earlier';
    const request =
      prepared === null
        ? { path: '/sendMail', body: { message: toMessage(mail) } }
        : { path: `/messages/${encodeURIComponent(prepared.id)}/send`, body: {} };
    await graph.send({ kind: 'send-mail', method: 'POST', ...request });
    return 'now';
  }

  return {
    async send(mail) {
      try {
        // Graph takes a mail for all of its recipients or for none.
        return { sent: await send(mail), refused: 0 };
      } catch (error) {
        throw explain(error, graph.mailbox);
      }
    },
  };
}

function toMessage({ subject, html, to }: Mail) {
  return {
    subject,
    body: { contentType: 'html', content: html },
    toRecipients: to.map((address) => ({ emailAddress: { address } })),
    // Nobody's "out of office" answers a failure mail. Graph lets pass what begins with x-.
    internetMessageHeaders: [{ name: 'x-auto-response-suppress', value: 'All' }],
  };
}

async function unlessForbidden<T>(work: () => Promise<T>): Promise<T | typeof FORBIDDEN> {
  try {
    return await work();
  } catch (error) {
    if (isForbidden(error)) return FORBIDDEN;
    throw error;
  }
}

function isForbidden(error: unknown): error is AccessError {
  return error instanceof AccessError && error.context['status'] === 403;
}

/** The client's texts speak of calendars. */
function explain(error: unknown, mailbox: string): unknown {
  if (isForbidden(error)) {
    return new AccessError(
      `Graph refuses to send mail from mailbox ${mailbox} (403). Grant the app Mail.Send for it (RBAC for Applications in Exchange Online); ` +
        'a new grant takes up to 2 hours to work. With Mail.ReadWrite as well, no mail is ever sent twice.',
      { code: 'MAIL_ACCESS', cause: error, context: error.context },
    );
  }
  if (error instanceof InputError) {
    const { status = null, upstreamCode = null } = error.context;
    return new InputError(
      `Graph refuses the mail from mailbox ${mailbox} (${[status, upstreamCode].filter((part) => part !== null).join(' ')}). ` +
        'Check the addresses in notifications.failureRecipients.',
      { code: 'MAIL_REFUSED', cause: error, context: error.context },
    );
  }
  return error;
}
