import type { RemoteJWKSet } from 'jose' with { 'resolution-mode': 'import' };
import { AppError, UpstreamError } from '../../domain/errors';

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const TIMEOUT_MS = 5_000;
/** Keys are asked for again after this time, and when a token names an unknown one, but then not more often than the second. */
const KEYS_LIVE_MS = 10 * 60_000;
const UNKNOWN_KEY_PAUSE_MS = 30_000;
/** A provider that failed is left alone for so long, however many requests come. */
const FAILURE_PAUSE_MS = 5_000;

/**
 * The issuer's public keys, found by OpenID Connect Discovery at first use: a provider that is down keeps nobody's webhooks out.
 * @throws UpstreamError API_OIDC_UNAVAILABLE they cannot be had
 */
export function createKeySource(issuer: string, fetchUrl: Fetch): () => Promise<RemoteJWKSet> {
  const get = withPause(fetchUrl);
  let keys: Promise<RemoteJWKSet> | null = null;
  return async () => {
    keys ??= load();
    try {
      return await keys;
    } catch (error) {
      keys = null;
      throw error;
    }
  };

  async function load(): Promise<RemoteJWKSet> {
    const { createRemoteJWKSet, customFetch } = await import('jose');
    return createRemoteJWKSet(await discover(issuer, get), {
      timeoutDuration: TIMEOUT_MS,
      cacheMaxAge: KEYS_LIVE_MS,
      cooldownDuration: UNKNOWN_KEY_PAUSE_MS,
      [customFetch]: get,
    });
  }
}

async function discover(issuer: string, get: Fetch): Promise<URL> {
  const url = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  const response = await get(url, {
    headers: { accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const found = (await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown } | null;
  if (found?.issuer !== issuer) throw unavailable(`the discovery document at ${url} is of another issuer`);
  if (typeof found.jwks_uri !== 'string') throw unavailable(`the discovery document at ${url} names no key set`);
  const keySet = new URL(found.jwks_uri);
  // An encrypted issuer may not send us for its keys to where they could be exchanged on the way.
  if (keySet.protocol !== new URL(issuer).protocol && keySet.protocol !== 'https:') {
    throw unavailable(`the discovery document at ${url} names a key set that is not encrypted`);
  }
  return keySet;
}

/** Answers other than 200 are failures, and after a failure nothing is asked for a while. */
function withPause(fetchUrl: Fetch): Fetch {
  let failed: { readonly at: number; readonly error: AppError } | null = null;
  return async (url, init) => {
    if (failed !== null && performance.now() - failed.at < FAILURE_PAUSE_MS) throw failed.error;
    try {
      const response = await fetchUrl(url, init);
      if (response.status !== 200) throw unavailable(`${url} answered ${response.status}`);
      failed = null;
      return response;
    } catch (cause) {
      const error =
        cause instanceof AppError ? cause : unavailable(`${url} does not answer (${reasonOf(cause)})`, cause);
      failed = { at: performance.now(), error };
      throw error;
    }
  };
}

function unavailable(what: string, cause?: unknown): UpstreamError {
  return new UpstreamError(`The identity provider's keys cannot be had: ${what}`, {
    code: 'API_OIDC_UNAVAILABLE',
    cause,
  });
}

/** `fetch` hides the network's code in its cause. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as { readonly name?: unknown; readonly cause?: { readonly code?: unknown } };
  return String(cause?.code ?? name);
}
