import { AppError, UpstreamError } from '../domain/errors';

/** The part of `fetch` that is used. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const TIMEOUT_MS = 5_000;

export function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
}

/**
 * Asks the provider.
 * @throws UpstreamError API_OIDC_UNAVAILABLE it does not answer, or not with 200
 */
export async function askProvider(fetch: Fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, init);
    if (response.status === 200) return response;
    await response.arrayBuffer();
    throw oidcUnavailable(`${url} answered ${response.status}`);
  } catch (cause) {
    throw cause instanceof AppError ? cause : oidcUnavailable(`${url} does not answer (${reasonOf(cause)})`, cause);
  }
}

/**
 * Where the issuer publishes its keys, by OpenID Connect Discovery.
 * @param get answers 200, or throws
 * @throws UpstreamError API_OIDC_UNAVAILABLE the document is not this issuer's, or names no key set that may be used
 */
export async function discoverKeySet(issuer: string, get: Fetch): Promise<URL> {
  const url = discoveryUrl(issuer);
  const response = await get(url, {
    headers: { accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const found = (await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown } | null;
  if (found?.issuer !== issuer) throw oidcUnavailable(`the discovery document at ${url} is of another issuer`);
  if (typeof found.jwks_uri !== 'string') throw oidcUnavailable(`the discovery document at ${url} names no key set`);
  const keySet = new URL(found.jwks_uri);
  // An encrypted issuer may not send us for its keys to where they could be exchanged on the way.
  if (keySet.protocol !== new URL(issuer).protocol && keySet.protocol !== 'https:') {
    throw oidcUnavailable(`the discovery document at ${url} names a key set that is not encrypted`);
  }
  return keySet;
}

export function oidcUnavailable(what: string, cause?: unknown): UpstreamError {
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
