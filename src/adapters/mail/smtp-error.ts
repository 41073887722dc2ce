import { AccessError, InputError, UpstreamError, type AppError } from '../../domain/errors';

/**
 * What a failed conversation with a mail server means. What the server says is left out, and the error itself too: both quote addresses.
 * @param server host and port.
 */
export function toSmtpError(error: unknown, server: string): AppError {
  const { code, status, told } = read(error);
  const options = (area: string) => ({ code: area, context: { server, code, status } });
  // 503 says that the server was not ready for the command, not that it refuses the mail (RFC 5321).
  if (CONNECTION.has(code) || status === null || status < 500 || status === 503) {
    return new UpstreamError(
      `The mail server ${server} cannot be used now (${told}). Check host, port and secure in notifications.smtp, and caFile if its ` +
        'certificate is not trusted.',
      options('MAIL_UNAVAILABLE'),
    );
  }
  // 530 and 535: a password is required, or wrong (RFC 4954).
  if (code === 'EAUTH' || status === 530 || status === 535) {
    return new AccessError(
      `The mail server ${server} does not let Convoke in (${told}): check notifications.smtp.user and CONVOKE_SMTP_PASSWORD.`,
      options('MAIL_ACCESS'),
    );
  }
  return new InputError(
    `The mail server ${server} refuses the mail (${told}): check notifications.failureRecipients, and that it lets Convoke send as ` +
      'notifications.smtp.from.',
    options('MAIL_REFUSED'),
  );
}

/** nodemailer's codes for a conversation that came to no answer. */
const CONNECTION: ReadonlySet<string> = new Set(['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ETLS', 'EPROTOCOL']);

function read(error: unknown): { readonly code: string; readonly status: number | null; readonly told: string } {
  const fields = error as Readonly<Record<string, unknown>>;
  const code = textOf(fields['code']);
  const status = typeof fields['responseCode'] === 'number' ? fields['responseCode'] : null;
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(textOf(fields['response']))?.[1];
  // Before the greeting nobody has been named yet, and only Node's own text tells why: a name, a port, a certificate.
  const early = fields['command'] === 'CONN' ? `: ${firstLine(textOf(fields['message']))}` : '';
  const told = status === null ? `${code}${early}` : [status, enhanced].filter((part) => part !== undefined).join(' ');
  return { code, status, told };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.trim().slice(0, 120) ?? '';
}
