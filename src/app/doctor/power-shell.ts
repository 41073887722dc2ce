import type { Config } from '../config/config-types';

/** Lines for Exchange Online PowerShell and clicks in Entra, with what this configuration knows put in. */
export function grantLines(
  { microsoft }: Pick<Config, 'microsoft'>,
  input: { readonly role: string; readonly mailbox: string | null },
): string[] {
  return [
    `Exchange Online PowerShell: New-ManagementRoleAssignment -App <object id of ${microsoft.clientId} under Enterprise applications> -Role 'Application ${input.role}' -CustomResourceScope 'Convoke mailboxes'`,
    testLine(input.mailbox),
    'A new grant takes 30 minutes to 2 hours to work.',
  ];
}

/** Tells what Exchange grants, past the cache that delays a change. */
export function testLine(mailbox: string | null): string {
  return `Exchange Online PowerShell: Test-ServicePrincipalAuthorization -Identity <object id> -Resource ${mailbox ?? '<mailbox>'}`;
}

/** The way to a consent that reaches every mailbox. */
export function consentClick({ microsoft }: Pick<Config, 'microsoft'>, roles: readonly string[]): string {
  return `Entra admin center > App registrations > ${microsoft.clientId} > API permissions: remove ${roles.join(', ')} and revoke the admin consent; RBAC for Applications in Exchange grants the same for single mailboxes.`;
}
