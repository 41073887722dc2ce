import { readFile } from 'node:fs/promises';
import { createAppTokens, type AppCredential } from '../../adapters/graph/tokens/app-tokens';
import type { AccessTokens } from '../../adapters/graph/tokens/access-tokens';
import type { PersonOptions } from '../../adapters/graph/tokens/person-client';
import { createPersonTokens } from '../../adapters/graph/tokens/person-tokens';
import { delegatedScopes, graphScope } from '../../adapters/graph/tokens/scopes';
import type { TokenSettingNames } from '../../adapters/graph/tokens/token-error';
import type { Fetch } from '../../adapters/http/fetch-json';
import { AccessError, InvariantError } from '../../domain/errors';
import type { Clock } from '../../domain/ports';
import { accountPermissions } from './account-scopes';
import type { AccountConfig, AccountKey, Config } from '../config/config-types';
import { DEFAULT_ACCOUNT } from '../config/account-credentials';
import { accountVariable } from '../env';
import type { Secrets } from '../secrets';
import { loginCommand, openSignInFile } from './sign-ins';

interface AccountDeps {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly fetch: Fetch;
}

export type SignInProblem = (account: AccountKey, error: unknown) => void;

/** Tokens of each Microsoft account; mailboxes of one account share them. */
export function createAccountTokens(
  deps: AccountDeps & { readonly onProblem: SignInProblem },
): (account: AccountKey) => AccessTokens {
  const tokens = new Map<AccountKey, AccessTokens>();
  for (const [key, account] of Object.entries(deps.config.microsoft.accounts)) tokens.set(key, toTokens(key, account));

  function toTokens(key: AccountKey, account: AccountConfig): AccessTokens {
    if (account.kind === 'delegated') {
      const onProblem = (error: unknown): void => deps.onProblem(key, error);
      return createPersonTokens({ ...toPersonOptions(deps, key, account), onProblem });
    }
    return createAppTokens({
      ...placeOf(deps, account),
      credential: toCredential(deps, key, account),
      scope: graphScope(deps.config.microsoft.graphBaseUrl),
      settingNames: settingNames(key, account),
    });
  }

  return (key) => {
    const found = tokens.get(key);
    if (found !== undefined) return found;
    throw new InvariantError(`No account "${key}" in this configuration`, { code: 'BUG_UNKNOWN_KEY' });
  };
}

/** What tokens and the sign-in of one delegated account share. */
export function toPersonOptions(
  deps: AccountDeps,
  key: AccountKey,
  account: AccountConfig & { readonly kind: 'delegated' },
): PersonOptions {
  const names = settingNames(key, account);
  return {
    ...placeOf(deps, account),
    scopes: delegatedScopes(deps.config.microsoft.graphBaseUrl, accountPermissions(deps.config, key)),
    settingNames: names,
    store: openSignInFile({ account: key, ...account }, deps.secrets.codecKeys),
  };
}

function placeOf({ config: { microsoft }, clock, fetch }: AccountDeps, { tenant, clientId }: AccountConfig) {
  return {
    loginUrl: microsoft.authority,
    tenantId: tenant,
    tokenEndpoint: microsoft.tokenEndpoint,
    clientId,
    clock,
    fetch,
  };
}

function toCredential({ secrets }: AccountDeps, key: AccountKey, account: AccountConfig): AppCredential {
  if (account.kind === 'app-federated') {
    return { kind: 'federated', readToken: () => readToken(account.tokenFile) };
  }
  const credential = secrets.microsoft[key];
  if (credential !== undefined) return credential;
  throw new InvariantError(`No credential of account "${key}"`, { code: 'BUG_UNKNOWN_KEY' });
}

/** The platform that runs Convoke puts a new one there every hour or so. */
async function readToken(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new AccessError(
      `The federated token cannot be read (${code}) from ${file}: check tokenFile or AZURE_FEDERATED_TOKEN_FILE, and that the platform puts one there`,
      { code: 'GRAPH_TOKEN', cause },
    );
  }
}

function settingNames(key: AccountKey, account: AccountConfig): TokenSettingNames {
  const section = key === DEFAULT_ACCOUNT ? 'microsoft' : `microsoft.accounts.${key}`;
  const credential = {
    'app-secret': accountVariable('clientSecret', key),
    'app-certificate': `the Microsoft account "${key}"`,
    'app-federated': account.kind === 'app-federated' ? account.tokenFile : '',
    delegated: `run: ${loginCommand(key)}`,
  }[account.kind];
  return {
    tenantId: `${section}.tenant in convoke.yaml`,
    clientId: `${section}.clientId in convoke.yaml`,
    credential,
  };
}
