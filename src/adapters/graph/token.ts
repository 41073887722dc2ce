import { ConfidentialClientApplication, type Configuration } from '@azure/msal-node';
import { ThrottledError, type AppError } from '../../domain/errors';
import type { Clock } from '../../domain/ports';
import type { Fetch } from '../http/fetch-json';
import { toTokenError, type TokenSettingNames } from './token-error';
import { createTokenNetwork } from './token-network';

/** Tokens of one app registration; shared by all its mailboxes. */
export interface AccessTokens {
  /**
   * A token with at least a minute left.
   *
   * @param options.refused the token that Graph answered with 401: it is not given again.
   * @throws AccessError `GRAPH_TOKEN`, ThrottledError `ENTRA_THROTTLED`, UpstreamError `ENTRA_UNAVAILABLE`.
   */
  get(options?: { readonly refused?: string }): Promise<string>;
  /** Requests sent to the token endpoint. */
  calls(): number;
}

export interface AccessTokenOptions {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** `https://login.microsoftonline.com`, or a national cloud's. */
  readonly loginUrl: string;
  /** See `graphScope`. */
  readonly scope: string;
  /** For endpoints that are not Microsoft's: used as it is, http too, without discovery. */
  readonly tokenEndpoint: string | null;
  readonly settingNames: TokenSettingNames;
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly timeoutMs?: number;
}

interface Token {
  readonly text: string;
  readonly expiresAtMs: number;
}

/** Entra wants tokens refreshed when five minutes are left. */
const FRESH_MS = 300_000;
/** With so much left a token still does while Entra is not to be had. */
const USABLE_MS = 60_000;
/** No new try so soon after a failed one: every waiting call would make one. */
const HOLD_OFF_MS = 5_000;

/** The scope of a Graph: its cloud's own when the base URL is https, else (simulators) the public cloud's. */
export function graphScope(baseUrl: string): string {
  const { protocol, origin } = new URL(baseUrl);
  return `${protocol === 'https:' ? origin : 'https://graph.microsoft.com'}/.default`;
}

/**
 * Client credentials by MSAL. Added to it: one request at a time for all callers (MSAL sends one for each), a time limit, the last
 * good token while Entra is down, and our own pause instead of MSAL's local one, which nothing but a new application object ends.
 */
export function createAccessTokens(options: AccessTokenOptions): AccessTokens {
  const { clock } = options;
  const network = createTokenNetwork(options);
  let application: ConfidentialClientApplication | null = null;
  let good: Token | null = null;
  let underWay: Promise<Token> | null = null;
  let failed: { readonly error: AppError; readonly untilMs: number } | null = null;
  let calls = 0;

  async function get({ refused }: { readonly refused?: string } = {}): Promise<string> {
    if (good?.text === refused) good = null;
    if (good !== null && left(good) > FRESH_MS) return good.text;
    try {
      underWay ??= acquire(refused !== undefined).finally(() => (underWay = null));
      return (await underWay).text;
    } catch (error) {
      if (good !== null && left(good) > USABLE_MS) return good.text;
      throw error;
    }
  }

  async function acquire(skipCache: boolean): Promise<Token> {
    throwWhileHeldOff();
    network.forget();
    try {
      application ??= new ConfidentialClientApplication(configuration(options, network.module));
      const answer = await application.acquireTokenByClientCredential({ scopes: [options.scope], skipCache });
      if (answer?.expiresOn == null) throw new Error('MSAL gave no token and no error');
      failed = null;
      good = { text: answer.accessToken, expiresAtMs: answer.expiresOn.getTime() };
      return good;
    } catch (cause) {
      application = null;
      throw holdOff(toTokenError(cause, network.lastAnswer(), options.settingNames));
    } finally {
      if (network.lastAnswer() !== null) calls++;
    }
  }

  function holdOff(error: AppError): AppError {
    const pauseMs = error instanceof ThrottledError ? (error.retryAfterMs ?? HOLD_OFF_MS) : HOLD_OFF_MS;
    failed = { error, untilMs: clock.now().getTime() + pauseMs };
    return withWait(error, pauseMs);
  }

  function throwWhileHeldOff(): void {
    const retryAfterMs = failed === null ? 0 : failed.untilMs - clock.now().getTime();
    if (failed !== null && retryAfterMs > 0) throw withWait(failed.error, retryAfterMs);
  }

  function left(token: Token): number {
    return token.expiresAtMs - clock.now().getTime();
  }

  return { get, calls: () => calls };
}

function withWait(error: AppError, retryAfterMs: number): AppError {
  if (!(error instanceof ThrottledError)) return error;
  return new ThrottledError(error.message, { code: error.code, context: error.context, retryAfterMs });
}

function configuration(
  options: AccessTokenOptions,
  networkClient: ReturnType<typeof createTokenNetwork>['module'],
): Configuration {
  const { tenantId, clientId, clientSecret, tokenEndpoint } = options;
  const authority = `${options.loginUrl.replace(/\/+$/, '')}/${tenantId}`;
  return {
    auth: {
      clientId,
      clientSecret,
      authority,
      ...(tokenEndpoint !== null && { authorityMetadata: metadata(authority, tokenEndpoint) }),
    },
    system: { networkClient },
  };
}

/** MSAL refuses an http authority, but takes the token endpoint from here without looking at it. */
function metadata(authority: string, tokenEndpoint: string): string {
  return JSON.stringify({
    issuer: `${authority}/v2.0`,
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    token_endpoint: tokenEndpoint,
    jwks_uri: `${authority}/discovery/v2.0/keys`,
    end_session_endpoint: `${authority}/oauth2/v2.0/logout`,
  });
}
