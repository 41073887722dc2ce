import { AppError } from '../../../domain/errors';
import type { OidcAlgorithm, OidcConfig } from '../../config/oidc';
import { askProvider, discoverKeySet, discoveryUrl, oidcUnavailable, type Fetch } from '../../oidc-discovery';
import { green, red, yellow, type Check, type Finding } from '../check';
import { count } from '../count';

const TIMEOUT_MS = 5_000;

/** The identity provider whose tokens open the api: found, the one that is meant, with keys that may sign, and by the same clock. */
export const oidc: Check = {
  name: 'api.oidc',
  title: 'identity provider',
  needsTemporal: false,
  async run({ config, fetch, now }) {
    const settings = config.api.oidc;
    if (settings === null) return [];
    let skewMs: number | null = null;
    const get: Fetch = async (url, init) => {
      const sentMs = now().getTime();
      const response = await askProvider(fetch, url, init);
      const told = Date.parse(response.headers.get('date') ?? '');
      // The header is cut to its second.
      if (!Number.isNaN(told)) skewMs = Math.round(told + 500 - (sentMs + now().getTime()) / 2);
      return response;
    };
    try {
      const keySet = await discoverKeySet(settings.issuer, get);
      const keys = await readKeys(keySet, get);
      return [judgeKeys(settings, keySet, keys), ...judgeClock(settings, skewMs)];
    } catch (error) {
      return [unreachable(settings, error)];
    }
  },
};

interface Key {
  readonly kty?: unknown;
  readonly use?: unknown;
  readonly alg?: unknown;
}

async function readKeys(keySet: URL, get: Fetch): Promise<readonly Key[]> {
  const response = await get(keySet.href, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
  const found = (await response.json()) as { readonly keys?: unknown } | null;
  if (!Array.isArray(found?.keys)) throw oidcUnavailable(`${keySet.href} is no key set`);
  return found.keys as readonly Key[];
}

function unreachable({ issuer }: OidcConfig, error: unknown): Finding {
  const says = error instanceof AppError ? `${error.code}: ${error.message}` : 'its answer is no JSON';
  return red(
    ['api.oidc', '', says],
    `Look at what it publishes, from the machine of the api: curl -si ${discoveryUrl(issuer)}`,
    'Set api.oidc.issuer in convoke.yaml to exactly what stands there under "issuer", with or without the slash at its end, and restart the api.',
  );
}

/** RFC 7518 and 8037: a type of key for each algorithm. */
function fits({ kty, use, alg }: Key, algorithms: readonly OidcAlgorithm[]): boolean {
  if (use === 'enc') return false;
  return algorithms.some((allowed) => {
    const type = allowed.startsWith('ES') ? 'EC' : allowed === 'EdDSA' ? 'OKP' : 'RSA';
    return kty === type && (alg === undefined || alg === allowed);
  });
}

function judgeKeys({ algorithms }: OidcConfig, keySet: URL, keys: readonly Key[]): Finding {
  const usable = keys.filter((key) => fits(key, algorithms)).length;
  if (usable > 0) return green('api.oidc', '', `the issuer is the one that is meant; ${count(usable, 'key')} may sign`);
  return red(
    ['api.oidc', '', `none of the ${keys.length} keys at ${keySet.href} may sign by ${algorithms.join(', ')}`],
    `Look at "kty" and "alg" of the keys (curl -s ${keySet.href}), name that algorithm in api.oidc.algorithms of convoke.yaml, and restart the api.`,
  );
}

function judgeClock({ clockToleranceMs }: OidcConfig, skewMs: number | null): Finding[] {
  const check = 'api.oidc-clock';
  if (skewMs === null) return [yellow([check, '', 'not told: the identity provider does not tell its time'])];
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  if (Math.abs(skewMs) <= clockToleranceMs) return [green(check, '', `our clock differs by ${seconds} s`)];
  return [
    red(
      [
        check,
        '',
        `our clock is ${seconds} s ${skewMs > 0 ? 'slow' : 'fast'}: tokens count as not yet valid, or as expired`,
      ],
      'Switch time synchronisation on, on the machine of the api: timedatectl set-ntp true',
    ),
  ];
}
