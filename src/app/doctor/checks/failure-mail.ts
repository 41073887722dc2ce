import { looked } from '../../../domain/inspection/looked';
import { green, red, yellow, type Check } from '../check';
import { grantLines } from '../power-shell';
import { unreadable } from '../unreadable';

/** Failure mails can be sent, as far as that can be told without sending one. */
export const failureMail: Check = {
  name: 'notifications',
  title: 'failure mails',
  needsTemporal: false,
  async run({ config, mailboxes, mailboxFacts, tryMailServer }) {
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
      const { host, port, user } = sender.smtp;
      const tried = await looked(() => tryMailServer(sender.smtp));
      if (!tried.ok) {
        const start = sender.smtp.secure === 'starttls' ? ' -starttls smtp' : '';
        const by =
          sender.smtp.secure === 'never'
            ? `nc -v ${host} ${port}`
            : `openssl s_client -connect ${host}:${port}${start}`;
        return [unreadable('notifications', '', tried, `Whether it answers from here: ${by}`)];
      }
      const how = user === null ? 'answers' : 'lets Convoke in';
      return [green('notifications', '', `${host}:${port} ${how}; the first mail tells whether it takes them`)];
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
