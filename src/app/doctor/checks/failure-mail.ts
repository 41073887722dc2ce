import { green, red, yellow, type Check } from '../check';
import { grantLines } from '../power-shell';
import { unreadable } from '../unreadable';

/** Failure mails can be sent, as far as that can be told without sending one. */
export const failureMail: Check = {
  name: 'notifications',
  title: 'failure mails',
  needsTemporal: false,
  async run({ config, mailboxes, mailboxFacts }) {
    const { sender, failureRecipients } = config.notifications;
    if (failureRecipients.length === 0 || sender === null) {
      return [
        yellow(
          ['notifications', '', 'nobody is mailed when something fails'],
          'Name somebody in notifications.failureRecipients of convoke.yaml.',
        ),
      ];
    }
    if (sender.by === 'smtp') {
      const { host, port } = sender.smtp;
      return [
        green(
          'notifications',
          '',
          `failure mails go by SMTP through ${host}:${port}; the first one tells whether it takes them`,
        ),
      ];
    }
    const { mailbox } = sender;
    if (!mailboxes.includes(mailbox)) return [];
    const { mail, token } = (await mailboxFacts(mailbox)).result;
    if (mail === null || !token.ok) return [];
    if (mail.ok) return [green('notifications', mailbox, 'the app may send mail from it')];
    if (mail.status !== 403) return [unreadable('notifications', mailbox, mail)];
    return [
      red(
        ['notifications', mailbox, 'the app may not send mail from it: failures would be told to nobody'],
        ...grantLines(config, { role: 'Mail.Send', key: mailbox }),
      ),
    ];
  },
};
