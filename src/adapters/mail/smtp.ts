import { createTransport } from 'nodemailer';
import type { MailSender } from '../../domain/ports';
import { toSmtpError } from './smtp-error';

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** `starttls` and `tls` (from the first byte) refuse to go on without; `never`: in the clear. */
  readonly secure: 'starttls' | 'tls' | 'never';
  /** null: the server asks for none. */
  readonly user: string | null;
  /** The address that mails come from. */
  readonly from: string;
  /** PEM of an authority of one's own; null: those that Node knows. */
  readonly ca: string | null;
}

export interface SmtpMailSenderOptions {
  readonly smtp: SmtpSettings;
  readonly password: string | null;
  /** For each step of the conversation. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 20_000;

/**
 * Mail by SMTP. The key becomes the Message-ID: a server that takes the same mail twice lets its recipients' mail programs fold it, more the
 * protocol does not offer.
 */
export function createSmtpMailSender(options: SmtpMailSenderOptions): MailSender {
  const { host, port, from } = options.smtp;
  const domain = from.slice(from.lastIndexOf('@') + 1);

  return {
    async send({ to, subject, html, text, key }) {
      // One connection a mail: there is about one a day.
      const transport = connect(options);
      try {
        const { rejected } = await transport.sendMail({
          from: { name: 'Convoke', address: from },
          to: to.map((address) => ({ name: '', address })),
          subject,
          html,
          text,
          messageId: `<convoke-${Buffer.from(key).toString('base64url')}@${domain}>`,
          // Nobody's "out of office" answers a failure mail.
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        });
        return { sent: 'now', refused: rejected.length };
      } catch (error) {
        throw toSmtpError(error, `${host}:${port}`);
      } finally {
        transport.close();
      }
    },
  };
}

/** Connects, encrypts and signs in as `send` does, and sends nothing. Errors: `MAIL_UNAVAILABLE`, `MAIL_ACCESS`. */
export async function verifySmtp(options: SmtpMailSenderOptions): Promise<void> {
  const transport = connect(options);
  try {
    await transport.verify();
  } catch (error) {
    throw toSmtpError(error, `${options.smtp.host}:${options.smtp.port}`);
  } finally {
    transport.close();
  }
}

function connect({ smtp, password, timeoutMs = TIMEOUT_MS }: SmtpMailSenderOptions) {
  const { host, port, secure, user, ca } = smtp;
  return createTransport({
    host,
    port,
    secure: secure === 'tls',
    requireTLS: secure === 'starttls',
    ignoreTLS: secure === 'never',
    tls: ca === null ? {} : { ca },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user !== null && { auth: { user, pass: password ?? '' } }),
  });
}
