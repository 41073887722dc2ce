import { accountPermissions } from '../accounts/account-scopes';
import type { Config } from '../config/config-types';
import type { Secrets } from '../secrets';

export interface SetupSection {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What is entered in Docebo and at Microsoft, with this configuration's own words put in. No password and no secret. */
export function setupSections(
  { config, secrets }: { readonly config: Config; readonly secrets: Pick<Secrets, 'webhooks'> },
  only: { readonly platforms: readonly string[]; readonly mailboxes: readonly string[] },
): SetupSection[] {
  return [
    ...only.platforms.map((platform) => doceboSection(platform, config, secrets)),
    ...microsoftSections(config, only.mailboxes),
  ];
}

function doceboSection(platform: string, { api }: Config, { webhooks }: Pick<Secrets, 'webhooks'>): SetupSection {
  const users = [...new Set((webhooks[platform] ?? []).map(({ user }) => user))];
  const base = api.publicUrl ?? 'https://<where Docebo reaches Convoke; set api.publicUrl>';
  return {
    title: `Docebo, platform "${platform}": gears icon > Webhooks > Manage > plus`,
    lines: [
      `Payload URL            ${base}/webhooks/docebo/${platform}`,
      'Events                 Course properties have been changed',
      '                       Ext Calendar ILT event changed',
      '                       Ext Calendar ILT session changed',
      '                       User has been unenrolled from a Learning Plan',
      'Group Payloads         tick "Allow the platform to group payloads"',
      `Basic authentication   user ${users.join(' or ')}; the password stands in CONVOKE_WEBHOOK_... and nowhere else`,
      'Save, then activate it from its menu (the three dots): a new webhook is inactive.',
    ],
  };
}

/** One for each account that works in one of these mailboxes. */
function microsoftSections(config: Config, mailboxes: readonly string[]): SetupSection[] {
  const accounts = new Set(mailboxes.map((mailbox) => config.mailboxes[mailbox]?.account));
  return Object.entries(config.microsoft.accounts)
    .filter(([key]) => accounts.has(key))
    .map(([key, account]) => {
      const own = mailboxes.filter((mailbox) => config.mailboxes[mailbox]?.account === key);
      return account.kind === 'delegated'
        ? signInSection(config, key)
        : microsoftSection(config, own, account.clientId);
    });
}

function signInSection(config: Config, key: string): SetupSection {
  return {
    title: `Microsoft 365, account "${key}": somebody signs in`,
    lines: [
      'Entra: Authentication > Mobile and desktop applications: http://localhost; Allow public client flows: Yes',
      `Permissions that are asked for: ${accountPermissions(config, key).join(', ')}`,
      `convoke login ${key}`,
    ],
  };
}

function microsoftSection(config: Config, mailboxes: readonly string[], clientId: string): SetupSection {
  const addresses = mailboxes.map((mailbox) => config.mailboxes[mailbox]?.user ?? '<mailbox>');
  const filter = addresses.map((address) => `PrimarySmtpAddress -eq '${address}'`).join(' -or ');
  const { sender, failureRecipients } = config.notifications;
  const inbox = mailboxes.map((mailbox) => config.mailboxes[mailbox]?.rsvp.inbox);
  const roles = [
    'Calendars.ReadWrite',
    ...(sender?.by === 'graph' && failureRecipients.length > 0 ? ['Mail.Send'] : []),
    ...(inbox.some((box) => box?.read === true && box.after !== 'leave')
      ? ['Mail.ReadWrite']
      : inbox.some((box) => box?.read === true)
        ? ['Mail.Read']
        : []),
  ];
  return {
    title:
      'Microsoft 365: Exchange Online PowerShell. Grant nothing under API permissions in Entra: that reaches every mailbox',
    lines: [
      'Connect-ExchangeOnline',
      `New-ServicePrincipal -AppId ${clientId} -ObjectId <object id under Enterprise applications> -DisplayName 'Convoke'`,
      `New-ManagementScope -Name 'Convoke mailboxes' -RecipientRestrictionFilter "${filter}"`,
      ...roles.map(
        (role) =>
          `New-ManagementRoleAssignment -App <object id> -Role 'Application ${role}' -CustomResourceScope 'Convoke mailboxes'`,
      ),
      ...addresses.map((address) => `Test-ServicePrincipalAuthorization -Identity <object id> -Resource ${address}`),
    ],
  };
}
