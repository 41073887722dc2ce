import { didYouMean } from '../../domain/closest-name';
import type { MailboxKey } from '../../domain/model';
import { DEFAULT_ACCOUNT } from './account-credentials';
import type { ConfigContext } from './config-context';
import type { AccountConfig, AccountKey } from './config-types';
import type { MailboxSection } from './settings-file';

/**
 * Which account works in a mailbox: the one it names, else the one of `microsoft.account`, else the only one there is.
 * @returns null when that is not known; reports what does not go together.
 */
export function toMailboxAccount(
  context: ConfigContext,
  {
    key,
    section,
    accounts,
  }: {
    readonly key: MailboxKey;
    readonly section: MailboxSection;
    readonly accounts: Readonly<Record<AccountKey, AccountConfig>>;
  },
): AccountKey | null {
  const { microsoft } = context.file;
  const names = Object.keys(microsoft?.accounts ?? {});
  const known = isDefaultUsed(context) ? [DEFAULT_ACCOUNT, ...names] : names;
  const only = known.includes(DEFAULT_ACCOUNT) ? DEFAULT_ACCOUNT : known.length === 1 ? known[0] : undefined;
  const name = section.account ?? only;
  if (microsoft === undefined) return null;
  if (name === undefined) {
    context.report(['mailboxes', key], `account is missing; write which of ${known.join(', ')} works in it`);
    return null;
  }
  if (!known.includes(name)) {
    const hint = didYouMean(name, known) || `; known are ${known.join(', ')}`;
    context.report(['mailboxes', key, 'account'], `"${name}" is none of the accounts in microsoft.accounts${hint}`);
    return null;
  }
  const account = accounts[name];
  if (account !== undefined) checkUser(context, { key, user: section.user, account });
  return name;
}

/** The account that tenant and clientId of the section itself make. */
export function isDefaultUsed({ file: { microsoft } }: ConfigContext): boolean {
  if (microsoft === undefined) return false;
  return microsoft.accounts === undefined || microsoft.clientId !== undefined || microsoft.account !== undefined;
}

function checkUser(
  context: ConfigContext,
  { key, user, account }: { readonly key: MailboxKey; readonly user: string; readonly account: AccountConfig },
): void {
  const at = ['mailboxes', key, 'user'];
  const isMe = user.toLowerCase() === 'me';
  if (isMe && account.kind !== 'delegated' && context.environment === 'production') {
    context.report(
      at,
      '"me" needs somebody who signs in, but the app signs in by itself; write the address of the mailbox, or use an account of kind delegated',
    );
  }
  if (!isMe && account.kind === 'delegated' && account.tenant.toLowerCase() === 'consumers') {
    context.report(at, 'is a shared mailbox, which personal Microsoft accounts have not; write me');
  }
}
