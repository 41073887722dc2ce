import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createSmtpMailSender, verifySmtp, type SmtpSettings } from '../../src/adapters/mail/smtp';
import type { AppError } from '../../src/domain/errors';
import type { Mail } from '../../src/domain/ports';
import { LOCALHOST_CERT, LOCALHOST_KEY } from '../support/localhost-certificate';

const LOCALHOST = { cert: LOCALHOST_CERT, key: LOCALHOST_KEY };
const DESK = ['desk@academy.example', 'all-trainers@academy.example', 'partner@elsewhere.example'];

function aMail(over: Partial<Mail> = {}): Mail {
  return {
    to: DESK,
    subject: 'Convoke: solved – a problem',
    html: '<p>Look.</p>',
    text: 'Look.',
    key: 'Key/1',
    ...over,
  };
}

/** A mail server in this process, and what it received. */
class MailServer {
  readonly mails: { readonly from: string; readonly to: readonly string[]; readonly raw: string }[] = [];
  users: string[] = [];
  private readonly server: SMTPServer;

  constructor(options: SMTPServerOptions) {
    this.server = new SMTPServer({
      authOptional: true,
      logger: false,
      onAuth: ({ username = '', password }, _session, done) => {
        if (password !== 'right') return done(refusal(535, `who is ${username}@academy.example?`));
        this.users.push(username);
        done(null, { user: username });
      },
      onData: (stream, { envelope }, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          this.mails.push({
            from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
            to: envelope.rcptTo.map(({ address }) => address),
            raw: Buffer.concat(chunks).toString(),
          });
          done();
        });
      },
      ...options,
    });
    // A client that breaks off (a certificate that it does not trust) is no mistake of the server's.
    this.server.on('error', () => undefined);
  }

  async listen(): Promise<number> {
    await new Promise<void>((ready) => this.server.listen(0, '127.0.0.1', ready));
    return (this.server.server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return new Promise((closed) => this.server.close(closed));
  }
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

describe('failure mails by SMTP', () => {
  const servers: MailServer[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

  async function start(
    options: SMTPServerOptions = {},
    smtp: Partial<SmtpSettings> = {},
    password: string | null = null,
  ) {
    const server = new MailServer(options);
    servers.push(server);
    const settings: SmtpSettings = {
      host: '127.0.0.1',
      port: await server.listen(),
      secure: 'never',
      user: null,
      from: 'convoke@academy.example',
      ca: null,
      ...smtp,
    };
    const given = { smtp: settings, password, timeoutMs: 20_000 };
    return { server, sender: createSmtpMailSender(given), verify: () => verifySmtp(given) };
  }

  async function failure(promise: Promise<unknown>): Promise<AppError> {
    const outcome = await promise.then(
      () => null,
      (error: unknown) => error as AppError,
    );
    if (outcome === null) throw new Error('nothing was thrown');
    return outcome;
  }

  it('reach everybody in one mail, as HTML and as text', async () => {
    const { server, sender } = await start();

    expect(await sender.send(aMail())).toEqual({ sent: 'now', refused: 0 });

    expect(server.mails).toMatchObject([{ from: 'convoke@academy.example', to: DESK }]);
    const { raw } = server.mails[0]!;
    expect(raw).toContain('From: Convoke <convoke@academy.example>');
    expect(raw).toContain('Subject: =?UTF-8?');
    expect(raw).toContain('Auto-Submitted: auto-generated');
    expect(raw).toMatch(/multipart\/alternative[^]*\r\nLook\.\r\n[^]*<p>Look\.<\/p>/);
  });

  it('carry the same Message-ID when they are sent again, and another one for another key', async () => {
    const { server, sender } = await start();

    for (const key of ['Key/1', 'Key/1', 'Key/2']) await sender.send(aMail({ key }));

    const ids = server.mails.map(({ raw }) => /^Message-ID: (<convoke-[\w-]+@academy\.example>)\r$/m.exec(raw)?.[1]);
    expect(ids[0]).toBeDefined();
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('are sent by the user that the settings name', async () => {
    const { server, sender } = await start({ allowInsecureAuth: true }, { user: 'convoke' }, 'right');

    await sender.send(aMail());

    expect(server.users).toEqual(['convoke']);
  });

  it('count those who are turned down while others get the mail', async () => {
    const { server, sender } = await start({
      onRcptTo: ({ address }, _session, done) =>
        address.startsWith('partner') ? done(refusal(550, `no ${address} here`)) : done(),
    });

    expect(await sender.send(aMail())).toEqual({ sent: 'now', refused: 1 });
    expect(server.mails[0]?.to).toEqual(DESK.slice(0, 2));
  });

  it.each<[string, SMTPServerOptions, Partial<SmtpSettings>, object, string]>([
    [
      'a wrong password',
      { allowInsecureAuth: true },
      { user: 'convoke' },
      { kind: 'access', code: 'MAIL_ACCESS' },
      'does not let Convoke in (535): check notifications.smtp.user and CONVOKE_SMTP_PASSWORD',
    ],
    [
      'a password that is wanted',
      { authOptional: false, allowInsecureAuth: true },
      {},
      { kind: 'access', code: 'MAIL_ACCESS' },
      'does not let Convoke in (530)',
    ],
    [
      'nobody known there',
      { onRcptTo: ({ address }, _session, done) => done(refusal(550, `5.1.1 no ${address} here`)) },
      {},
      { kind: 'input', code: 'MAIL_REFUSED' },
      'refuses the mail (550 5.1.1): check notifications.failureRecipients',
    ],
    [
      'a sender that is not allowed',
      { onMailFrom: ({ address }, _session, done) => done(refusal(553, `5.7.1 not ${address}`)) },
      {},
      { kind: 'input', code: 'MAIL_REFUSED' },
      'refuses the mail (553 5.7.1)',
    ],
    [
      'a mail that is taken for spam',
      { onData: (stream, _session, done) => stream.resume().on('end', () => done(refusal(554, 'spam'))) },
      {},
      { kind: 'input', code: 'MAIL_REFUSED' },
      'refuses the mail (554)',
    ],
    [
      'a server that is full',
      { onData: (stream, _session, done) => stream.resume().on('end', () => done(refusal(452, 'full'))) },
      {},
      { kind: 'upstream', code: 'MAIL_UNAVAILABLE' },
      'cannot be used now (452)',
    ],
    [
      'greylisting',
      { onRcptTo: ({ address }, _session, done) => done(refusal(450, `4.2.0 wait, ${address}`)) },
      {},
      { kind: 'upstream', code: 'MAIL_UNAVAILABLE' },
      'cannot be used now (450 4.2.0)',
    ],
    [
      'no encryption where it is wanted',
      { disabledCommands: ['STARTTLS'] },
      { secure: 'starttls' },
      { kind: 'upstream', code: 'MAIL_UNAVAILABLE' },
      'cannot be used now (500). Check host, port and secure in notifications.smtp',
    ],
    [
      'a certificate that is not trusted',
      LOCALHOST,
      { secure: 'starttls' },
      { kind: 'upstream', code: 'MAIL_UNAVAILABLE' },
      'self-signed certificate',
    ],
    ['TLS where there is none', {}, { secure: 'tls' }, { kind: 'upstream', code: 'MAIL_UNAVAILABLE' }, '(ESOCKET: '],
    ['nobody there', {}, { port: 1 }, { kind: 'upstream', code: 'MAIL_UNAVAILABLE' }, 'ECONNREFUSED'],
  ])('say what to do, and name nobody: %s', async (_what, options, smtp, expected, text) => {
    const { server, sender } = await start(options, smtp, 'wrong');

    const error = await failure(sender.send(aMail()));

    expect(error).toMatchObject(expected);
    expect(error.message).toContain(text);
    expect(`${error.message} ${JSON.stringify(error.context)} ${String(error.cause)}`).not.toContain('@');
    expect(server.mails).toEqual([]);
  });

  it('come through where the certificate’s authority is named', async () => {
    const { server, sender } = await start(
      LOCALHOST,
      { host: 'localhost', secure: 'starttls', ca: LOCALHOST_CERT, user: 'convoke' },
      'right',
    );

    expect(await sender.send(aMail())).toEqual({ sent: 'now', refused: 0 });
    expect(server.users).toEqual(['convoke']);
  });

  it('are tried without one: Convoke is let in, and nothing is sent', async () => {
    const { server, verify } = await start({ allowInsecureAuth: true }, { user: 'convoke' }, 'right');

    await verify();

    expect(server.users).toEqual(['convoke']);
    expect(server.mails).toEqual([]);
  });

  it.each<[string, SMTPServerOptions, Partial<SmtpSettings>, string]>([
    ['a wrong password', { allowInsecureAuth: true }, { user: 'convoke' }, 'MAIL_ACCESS'],
    ['a certificate that is not trusted', LOCALHOST, { secure: 'starttls' }, 'MAIL_UNAVAILABLE'],
    [
      'no encryption where it is wanted',
      { disabledCommands: ['STARTTLS'] },
      { secure: 'starttls' },
      'MAIL_UNAVAILABLE',
    ],
    ['nobody there', {}, { port: 1 }, 'MAIL_UNAVAILABLE'],
  ])('are tried, and the try says what is wrong: %s', async (_what, options, smtp, code) => {
    const { server, verify } = await start(options, smtp, 'wrong');

    expect(await failure(verify())).toMatchObject({ code });
    expect(server.mails).toEqual([]);
  });
});
