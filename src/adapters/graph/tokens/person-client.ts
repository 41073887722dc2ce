import { PublicClientApplication, type ICachePlugin } from '@azure/msal-node';
import { AccessError, AppError } from '../../../domain/errors';
import type { Clock } from '../../../domain/ports';
import type { Fetch } from '../../http/fetch-json';
import { toAuthority, type LoginPlace } from './authority';
import type { SignInStore } from './sign-in-store';
import { readTokenError, reasonOf, toPassingError, toTokenError, type TokenSettingNames } from './token-error';
import { createTokenNetwork, type TokenAnswer, type TokenNetwork } from './token-network';

/** An account that somebody signs in to. */
export interface PersonOptions extends LoginPlace {
  readonly clientId: string;
  /** See `delegatedScopes`. */
  readonly scopes: readonly string[];
  readonly store: SignInStore;
  readonly settingNames: TokenSettingNames;
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly timeoutMs?: number;
}

export interface PersonClient {
  /** A new one for each use: MSAL would keep a sign-in in memory that has been taken back since. */
  create(cachePlugin: ICachePlugin): PublicClientApplication;
  readonly network: TokenNetwork;
  toError(error: unknown): AppError;
}

export function createPersonClient(options: PersonOptions): PersonClient {
  const network = createTokenNetwork(options);
  return {
    network,
    create: (cachePlugin) =>
      new PublicClientApplication({
        auth: { clientId: options.clientId, ...toAuthority(options) },
        cache: { cachePlugin },
        system: { networkClient: network.module },
      }),
    toError: (error) => toPersonError(error, network.lastAnswer(), options.settingNames),
  };
}

const SIGN_IN_AGAIN = [
  'invalid_grant',
  'interaction_required',
  'login_required',
  'consent_required',
  'no_tokens_found',
  'refresh_token_expired',
  'no_account_found',
  'bad_token',
];

/** What is the matter, by AADSTS number; nothing here can be mended without the person. */
const REASONS: Readonly<Record<string, string>> = {
  700082: 'the sign-in was not used for too long',
  70008: 'the sign-in is too old',
  50173: 'the sign-in was revoked, or the password changed',
  50076: 'another proof of identity is asked for',
  50079: 'another proof of identity is asked for',
  50078: 'the proof of identity is too old',
  65001: 'the settings need a permission that was not accepted yet',
  50057: 'the account is disabled',
  53003: 'a conditional access policy refuses the sign-in',
};

/** Entra's answers to apps that are not registered for people. */
const APP_REMEDIES: Readonly<Record<string, (names: TokenSettingNames) => string>> = {
  7000218: () =>
    'the app may not sign people in without a secret: switch "Allow public client flows" on (Authentication), with http://localhost under "Mobile and desktop applications"',
  50011: () => 'add http://localhost to the app under "Mobile and desktop applications" (Authentication)',
  50194: (n) => `the app is for one tenant alone: write that into ${n.tenantId}, or let the app accept other accounts`,
  9002331: (n) => `the app is for personal accounts alone: set ${n.tenantId} to consumers`,
  9002346: (n) => `the app is for work accounts alone: set ${n.tenantId} to organizations or to your tenant`,
  50020: (n) => `the account does not belong to the tenant: sign in with another one, or correct ${n.tenantId}`,
};

/** `GRAPH_SIGN_IN` when the person has to sign in again; else as for apps. */
function toPersonError(error: unknown, answer: TokenAnswer | null, names: TokenSettingNames): AppError {
  if (error instanceof AppError) return error;
  const passing = toPassingError(error, answer);
  if (passing !== null) return passing;
  const { errorCode, errorNo, correlationId } = readTokenError(error);
  const context = { errorCode, errorNo, correlationId, status: answer?.status ?? null };
  const remedy = APP_REMEDIES[errorNo ?? '']?.(names);
  if (remedy !== undefined) {
    const message = `Microsoft Entra refuses the sign-in (AADSTS${errorNo}): ${remedy}`;
    return new AccessError(message, { code: 'GRAPH_TOKEN', context });
  }
  if (!SIGN_IN_AGAIN.includes(errorCode ?? '')) return toTokenError(error, answer, names);
  const why = REASONS[errorNo ?? ''] ?? 'the sign-in no longer counts';
  return new AccessError(
    `Microsoft Entra gives no token (${reasonOf({ errorCode, errorNo })}): ${why}; ${names.credential}`,
    { code: 'GRAPH_SIGN_IN', context },
  );
}
