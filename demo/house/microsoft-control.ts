import type { MailboxEvent, SentMail } from '../checker/mailbox';

/** Drives the simulated Microsoft over HTTP. Every method throws what the control API says is wrong. */
export class MicrosoftControl {
  constructor(readonly baseUrl: string) {}

  addMailbox(mailbox: { readonly address: string; readonly displayName: string }): Promise<unknown> {
    return this.call('POST', 'mailboxes', mailbox);
  }

  addApp(app: { readonly clientId: string; readonly clientSecret: string; readonly tenant: { readonly id: string } }) {
    return this.call('POST', 'apps', app);
  }

  /** Live events of the primary calendar; with `all` also cancelled and deleted ones. */
  events(mailbox: string, { all = false } = {}): Promise<readonly MailboxEvent[]> {
    return this.call('GET', `mailboxes/${mailbox}/events${all ? '?all=1' : ''}`);
  }

  /** Mails from the given index on. */
  outbox(since = 0): Promise<readonly SentMail[]> {
    return this.call('GET', `outbox?since=${since}`);
  }

  async arm(fault: Readonly<Record<string, unknown>>): Promise<string> {
    return (await this.call<{ id: string }>('POST', 'faults', fault)).id;
  }

  /** Whether a request is held by the fault within the time. */
  async held(faultId: string, waitMs: number): Promise<boolean> {
    return (await this.call<readonly unknown[]>('GET', `holds?id=${faultId}&wait=${waitMs}`)).length > 0;
  }

  /** Takes the fault away and lets go what it holds. */
  disarm(faultId: string): Promise<unknown> {
    return this.call('DELETE', `faults?id=${faultId}`);
  }

  async call<R>(method: string, path: string, body?: unknown): Promise<R> {
    const answer = await fetch(`${this.baseUrl}/__control/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} /__control/${path}: ${answer.status} ${text.slice(0, 500)}`);
    return (text === '' ? undefined : JSON.parse(text)) as R;
  }
}
