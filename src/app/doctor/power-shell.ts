import type { MailboxKey } from '../../domain/model';
import type { AccountConfig, Config } from '../config/config-types';

type Settings = Pick<Config, 'microsoft' | 'mailboxes'>;

/** The account that works in a mailbox; null where the settings know none. */
export function accountOf({ microsoft, mailboxes }: Settings, key: MailboxKey): AccountConfig | null {
  return microsoft.accounts[mailboxes[key]?.account ?? ''] ?? null;
}

/** Lines for Exchange Online PowerShell and clicks in Entra, with what this configuration knows put in. */
export function grantLines(
  config: Settings,
  input: { readonly role: string; readonly key: MailboxKey },
): readonly string[] {
  const account = accountOf(config, input.key);
  const user = config.mailboxes[input.key]?.user ?? null;
  if (account?.kind === 'delegated') {
    const login = `Run "convoke login ${config.mailboxes[input.key]?.account}" again and accept what is asked.`;
    if (user === null) return [login];
    return [
      login,
      'Exchange admin center > Mailboxes > the shared mailbox > Delegation: give the person who signs in Full Access.',
    ];
  }
  return [
    `Exchange Online PowerShell: New-ManagementRoleAssignment -App <object id of ${account?.clientId} under Enterprise applications> -Role 'Application ${input.role}' -CustomResourceScope 'Convoke mailboxes'`,
    testLine(user),
    'A new grant takes 30 minutes to 2 hours to work.',
  ];
}

/** Tells what Exchange grants, past the cache that delays a change. */
export function testLine(mailbox: string | null): string {
  return `Exchange Online PowerShell: Test-ServicePrincipalAuthorization -Identity <object id> -Resource ${mailbox ?? '<mailbox>'}`;
}

/** The way to a consent that reaches every mailbox. */
export function consentClick(config: Settings, key: MailboxKey, roles: readonly string[]): string {
  return `Entra admin center > App registrations > ${accountOf(config, key)?.clientId} > API permissions: remove ${roles.join(', ')} and revoke the admin consent`;
}
