import { UpstreamError } from '../../src/domain/errors';
import type { MailboxKey } from '../../src/domain/model';
import type { MailboxWatch, NotifiedSignal } from '../../src/domain/rsvp/notifications';

/** Remembers what it was told; `failing` makes Temporal refuse it, `hanging` never answer. */
export class FakeMailboxWatch implements MailboxWatch {
  readonly stored: { readonly mailbox: MailboxKey; readonly signal: NotifiedSignal }[] = [];
  failing = false;
  hanging = false;

  async notified({
    mailbox,
    signal,
  }: {
    readonly mailbox: MailboxKey;
    readonly signal: NotifiedSignal;
  }): Promise<void> {
    if (this.hanging) await new Promise(() => undefined);
    if (this.failing) throw new UpstreamError('Temporal did not take the signal', { code: 'TEMPORAL_UNAVAILABLE' });
    this.stored.push({ mailbox, signal });
  }
}
