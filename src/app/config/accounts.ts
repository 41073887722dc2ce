import path from 'node:path';
import type { Env } from '../env';
import { DEFAULT_ACCOUNT, type AccountWithSecrets } from './account-credentials';
import { readReferredFile, type ConfigContext } from './config-context';
import type { AccountConfig, AccountKey } from './config-types';
import { isDefaultUsed } from './mailbox-account';
import type { SettingPath } from './parse-yaml';
import type { AccountSection } from './settings-file';

export interface Accounts {
  /** Those without a mistake. */
  readonly config: Readonly<Record<AccountKey, AccountConfig>>;
  readonly keys: readonly AccountKey[];
  readonly secrets: readonly AccountWithSecrets[];
}

/** Where the sign-in of a delegated account is kept. */
export interface SignInPlace {
  readonly account: AccountKey;
  readonly clientId: string;
  readonly signInFile: string;
}

interface GivenAccount {
  readonly key: AccountKey;
  /** Of its settings. */
  readonly at: SettingPath;
  readonly section: AccountSection;
  readonly tenant: string | undefined;
  readonly clientId: string | undefined;
}

const MISSING = {
  tenant: "tenant is missing; write the tenant's id or one of its domains, such as contoso.onmicrosoft.com",
  clientId:
    'clientId is missing; write the application (client) id of the app registration, such as 00001111-aaaa-2222-bbbb-3333cccc4444',
} as const;

/** Stand for many tenants: people sign in there, apps do not. */
const FOR_PEOPLE = ['common', 'organizations', 'consumers'];

/** The account of the section itself, and those that have a name. */
export function toAccounts(context: ConfigContext, env: Env): Accounts {
  const config: Record<AccountKey, AccountConfig> = {};
  const given = givenAccounts(context);
  for (const account of given) {
    const made = toAccount(context, env, account);
    if (made !== null) config[account.key] = made;
  }
  return { config, keys: given.map(({ key }) => key), secrets: given.map((account) => toSecretsOf(context, account)) };
}

/** For commands that need nothing else of the accounts. */
export function toSignInPlaces(context: ConfigContext, env: Env): readonly SignInPlace[] {
  return givenAccounts(context).flatMap(({ key, section, clientId }) =>
    section.kind === 'delegated' && clientId !== undefined
      ? [{ account: key, clientId, signInFile: toSignInFile(context, env, key) }]
      : [],
  );
}

function toSignInFile(context: ConfigContext, env: Env, key: AccountKey): string {
  const named = context.file.microsoft?.signInFolder;
  const folder =
    named === undefined
      ? path.resolve(env.embedded.dataFolder, 'sign-ins')
      : path.resolve(context.settingsFolder, named);
  return path.join(folder, `${key}.json`);
}

function givenAccounts(context: ConfigContext): GivenAccount[] {
  const { microsoft } = context.file;
  if (microsoft === undefined) return [];
  const { tenant, clientId, account: section = { kind: 'app-secret' as const } } = microsoft;
  const own = { key: DEFAULT_ACCOUNT, at: ['microsoft', 'account'], section, tenant, clientId };
  const named = Object.entries(microsoft.accounts ?? {}).map(([key, account]) => ({
    key,
    at: ['microsoft', 'accounts', key],
    section: account,
    tenant: account.tenant ?? tenant,
    clientId: account.clientId ?? clientId,
  }));
  if (microsoft.accounts !== undefined && DEFAULT_ACCOUNT in microsoft.accounts) {
    context.report(
      ['microsoft', 'accounts', DEFAULT_ACCOUNT],
      'is the name of the account in microsoft.account; choose another one',
    );
  }
  return isDefaultUsed(context) ? [own, ...named] : named;
}

function toAccount(
  context: ConfigContext,
  env: Env,
  { key, at, section, tenant, clientId }: GivenAccount,
): AccountConfig | null {
  const { kind } = section;
  const place = key === DEFAULT_ACCOUNT ? ['microsoft'] : at;
  if (tenant === undefined) context.report(place, MISSING.tenant);
  if (clientId === undefined) context.report(place, MISSING.clientId);
  checkSettings(context, at, section);
  if (tenant === undefined || clientId === undefined) return null;
  checkTenant(context, { at: [...place, 'tenant'], kind, tenant });
  const folder = context.settingsFolder;
  switch (kind) {
    case 'app-secret':
    case 'app-certificate':
      return { kind, tenant, clientId };
    case 'app-federated': {
      const named = section.tokenFile === undefined ? undefined : path.resolve(folder, section.tokenFile);
      const tokenFile = named ?? env.all.AZURE_FEDERATED_TOKEN_FILE;
      if (tokenFile !== undefined && tokenFile !== '') return { kind, tenant, clientId, tokenFile };
      context.report(
        at,
        'tokenFile is missing, and AZURE_FEDERATED_TOKEN_FILE is not set; write where the token of the workload is',
      );
      return null;
    }
    case 'delegated':
      return { kind, tenant, clientId, signInFile: toSignInFile(context, env, key) };
  }
}

function checkTenant(
  context: ConfigContext,
  { at, kind, tenant }: { readonly at: SettingPath; readonly kind: AccountConfig['kind']; readonly tenant: string },
): void {
  const name = tenant.toLowerCase();
  if (kind !== 'delegated' && FOR_PEOPLE.includes(name)) {
    context.report(
      at,
      `"${tenant}" stands for many tenants, but the app signs in to one; write its id or domain, or use an account of kind delegated`,
    );
  }
  const cloud = context.file.microsoft?.cloud ?? 'public';
  if (kind === 'delegated' && name === 'consumers' && cloud !== 'public') {
    context.report(at, `"${tenant}" stands for personal accounts, which the cloud "${cloud}" has not`);
  }
}

/** Settings that say nothing for a kind are most likely meant for another. */
function checkSettings(context: ConfigContext, at: SettingPath, section: AccountSection): void {
  const belongs = {
    certificateFile: 'app-certificate',
    keyFile: 'app-certificate',
    sendChain: 'app-certificate',
    tokenFile: 'app-federated',
  } as const;
  for (const [name, kind] of Object.entries(belongs)) {
    if (section[name as keyof typeof belongs] === undefined || section.kind === kind) continue;
    context.report(
      [...at, name],
      `goes with kind: ${kind} alone, but the kind is ${section.kind}; take one of the two out`,
    );
  }
}

function toSecretsOf(context: ConfigContext, { key, at, section }: GivenAccount): AccountWithSecrets {
  const { kind, certificateFile, keyFile, sendChain = false } = section;
  if (kind !== 'app-certificate') return { key, kind };
  // A file that cannot be read is reported here; the environment is not asked in its place.
  const read = (file: string | undefined, name: string): string | null =>
    file === undefined ? null : (readReferredFile(context, { path: file, base: 'settings', at: [...at, name] }) ?? '');
  return {
    key,
    kind,
    certificate: read(certificateFile, 'certificateFile'),
    certificateKey: read(keyFile, 'keyFile'),
    sendChain,
  };
}
