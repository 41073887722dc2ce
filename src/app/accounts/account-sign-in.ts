import { createSignIn, type DevicePrompt, type SignedIn, type SignIn } from '../../adapters/graph/tokens/sign-in';
import { didYouMean } from '../../domain/closest-name';
import { AccessError, InputError } from '../../domain/errors';
import type { MailboxKey } from '../../domain/model';
import type { Clock } from '../../domain/ports';
import { accountPermissions } from './account-scopes';
import { toPersonOptions } from './account-tokens';
import type { AccountConfig, AccountKey, Config } from '../config/config-types';
import type { Secrets } from '../secrets';
import { systemClock } from '../systems/systems';

export type { DevicePrompt, SignedIn, SignIn };

export interface AccountSignIn {
  readonly account: AccountKey;
  readonly signIn: SignIn;
  /** What the person is asked to accept. */
  readonly permissions: readonly string[];
}

/**
 * Signing in to an account of these settings.
 *
 * @param name null: the only delegated account there is.
 * @throws InputError `INPUT_ACCOUNT` when the name is none, or says too little.
 */
export function createAccountSignIn(
  { config, secrets }: { readonly config: Config; readonly secrets: Secrets },
  name: AccountKey | null,
  clock: Clock = systemClock,
): AccountSignIn {
  const key = chooseAccount(config, name);
  const account = config.microsoft.accounts[key];
  if (account?.kind !== 'delegated') throw refused(`"${key}" is not of kind delegated: nobody signs in to it`);
  return {
    account: key,
    signIn: createSignIn(toPersonOptions({ config, secrets, clock, fetch: globalThis.fetch }, key, account)),
    permissions: accountPermissions(config, key),
  };
}

function chooseAccount({ microsoft: { accounts } }: Config, name: AccountKey | null): AccountKey {
  const delegated = delegatedAccounts(accounts);
  if (name !== null) {
    if (accounts[name] !== undefined) return name;
    const hint = didYouMean(name, Object.keys(accounts)) || `; there are ${Object.keys(accounts).join(', ')}`;
    throw refused(`there is no account "${name}"${hint}`);
  }
  const [only] = delegated;
  if (only !== undefined && delegated.length === 1) return only;
  throw refused(
    delegated.length === 0
      ? 'no account in convoke.yaml is of kind delegated, so that nobody has to sign in'
      : `say which account: ${delegated.join(' or ')}`,
  );
}

/** An account of the settings, and how its sign-in stands on this machine. */
export interface ListedAccount {
  readonly account: AccountKey;
  readonly kind: AccountConfig['kind'];
  readonly tenant: string;
  readonly mailboxes: readonly MailboxKey[];
  /** `none`: nobody signs in to an account of this kind. */
  readonly signIn:
    | ({ readonly state: 'signed-in' } & SignedIn)
    | { readonly state: 'none' | 'nobody' }
    | { readonly state: 'unreadable'; readonly reason: string };
}

export function listAccounts(configuration: {
  readonly config: Config;
  readonly secrets: Secrets;
}): Promise<ListedAccount[]> {
  const { microsoft, mailboxes } = configuration.config;
  return Promise.all(
    Object.entries(microsoft.accounts).map(async ([account, { kind, tenant }]) => ({
      account,
      kind,
      tenant,
      mailboxes: Object.keys(mailboxes).filter((key) => mailboxes[key]?.account === account),
      signIn: kind === 'delegated' ? await stateOf(configuration, account) : { state: 'none' as const },
    })),
  );
}

async function stateOf(
  configuration: { readonly config: Config; readonly secrets: Secrets },
  account: AccountKey,
): Promise<ListedAccount['signIn']> {
  try {
    const signedIn = await createAccountSignIn(configuration, account).signIn.current();
    return signedIn === null ? { state: 'nobody' } : { state: 'signed-in', ...signedIn };
  } catch (error) {
    if (error instanceof AccessError) return { state: 'unreadable', reason: error.message };
    throw error;
  }
}

function delegatedAccounts(accounts: Readonly<Record<AccountKey, AccountConfig>>): AccountKey[] {
  return Object.keys(accounts).filter((key) => accounts[key]?.kind === 'delegated');
}

function refused(message: string): InputError {
  return new InputError(message, { code: 'INPUT_ACCOUNT' });
}
