import type { AppError } from '../../src/domain/errors';
import type { Mail, MailReceipt, MailSender } from '../../src/domain/ports';

/** A mail server in memory that keeps the promises of `MailSender`: a key reaches people once. */
export class FakeMailSender implements MailSender {
  readonly mails: Mail[] = [];
  /** The next calls fail with it, one each: before the mail is taken, or after (its answer is lost). */
  readonly failures: { readonly error: AppError; readonly taken: boolean }[] = [];
  /** Recipients that are turned down while others are accepted. */
  refused = 0;

  send(mail: Mail): Promise<MailReceipt> {
    const failure = this.failures.shift();
    if (failure?.taken === false) return Promise.reject(failure.error);
    const earlier = this.mails.some(({ key }) => key === mail.key);
    if (!earlier) this.mails.push(mail);
    if (failure !== undefined) return Promise.reject(failure.error);
    return Promise.resolve({ sent: earlier ? 'earlier' : 'now', refused: earlier ? 0 : this.refused });
  }
}
