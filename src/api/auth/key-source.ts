import type { RemoteJWKSet } from 'jose' with { 'resolution-mode': 'import' };
import { askProvider, discoverKeySet, type Fetch } from '../../app/oidc-discovery';

export type { Fetch };

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
    return createRemoteJWKSet(await discoverKeySet(issuer, get), {
      timeoutDuration: TIMEOUT_MS,
      cacheMaxAge: KEYS_LIVE_MS,
      cooldownDuration: UNKNOWN_KEY_PAUSE_MS,
      [customFetch]: get,
    });
  }
}

/** Answers other than 200 are failures, and after a failure nothing is asked for a while. */
function withPause(fetchUrl: Fetch): Fetch {
  let failed: { readonly at: number; readonly error: unknown } | null = null;
  return async (url, init) => {
    if (failed !== null && performance.now() - failed.at < FAILURE_PAUSE_MS) throw failed.error;
    try {
      const response = await askProvider(fetchUrl, url, init);
      failed = null;
      return response;
    } catch (error) {
      failed = { at: performance.now(), error };
      throw error;
    }
  };
}
