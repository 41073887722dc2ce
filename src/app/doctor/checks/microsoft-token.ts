import { green, yellow, type Check, type Finding } from '../check';
import type { MailboxKey } from '../../../domain/model';
import type { Config } from '../../config/config-types';
import { accountOf, consentClick } from '../power-shell';
import { unreadable } from '../unreadable';

/** Permissions that reach every mailbox of the tenant once they are consented to in Entra. */
const WIDE = /^(Calendars|Mail|MailboxSettings|Contacts|Files|User|Directory|Sites)\./;
const SECRET_PLACE =
  'When the client secret expires stands in no token: Entra admin center > App registrations > the app > Certificates & secrets. Put the date into a calendar.';

const SECRET_NOTE = '; when its secret expires stands only in Entra, under Certificates & secrets';

/** Certificates are told at start; the other kinds have no end that anybody must note. */
function endLines(config: Config, mailbox: MailboxKey): string[] {
  return accountOf(config, mailbox)?.kind === 'app-secret' ? [SECRET_PLACE] : [];
}

/** The token of Entra's, and what it says of itself. */
export const microsoftToken: Check = {
  name: 'microsoft.token',
  title: 'Microsoft: token',
  needsTemporal: false,
  async run(context) {
    const all = await Promise.all(
      context.mailboxes.map(async (mailbox): Promise<Finding[]> => {
        const { result, via } = await context.mailboxFacts(mailbox);
        const { token, other } = result;
        const at = ['microsoft.token', mailbox] as const;
        if (!token.ok) {
          const { authority } = context.config.microsoft;
          const { tenant } = accountOf(context.config, mailbox) ?? { tenant: 'common' };
          const url = `${authority}/${tenant}/v2.0/.well-known/openid-configuration`;
          return [unreadable('microsoft.token', mailbox, token, `Whether it answers from here: curl -sI ${url}`)];
        }
        const how = via === 'worker' ? '' : ' (read by this process: no worker polls its queue)';
        const { roles = [], scopes = [] } = token.value ?? {};
        const wide = roles.filter((role) => WIDE.test(role));
        const isRefused = other?.ok === true && other.value === 'refused';
        if (wide.length > 0 && !isRefused) {
          return [
            yellow(
              [...at, `Entra grants ${wide.join(', ')} for the whole tenant${how}`],
              `${consentClick(context.config, mailbox, wide)}; RBAC for Applications in Exchange grants the same for single mailboxes.`,
              ...endLines(context.config, mailbox),
            ),
          ];
        }
        const told = [...roles, ...scopes];
        const what = told.length === 0 ? 'no rights in it, as with RBAC for Applications' : told.join(', ');
        const end = endLines(context.config, mailbox).length === 0 ? '' : SECRET_NOTE;
        return [green(...at, `Entra gives a token: ${what}${end}${how}`)];
      }),
    );
    return all.flat();
  },
};
