import { AccessError, AppError, ContractError } from '../../../domain/errors';
import type { Clock } from '../../../domain/ports';
import { fetchJson, type Fetch } from '../../http/fetch-json';
import { readErrorCode } from './error-body';
import { isObject, toCount } from './wire';

interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Ways to a token. The rights are those of the user behind it. */
export type DoceboCredentials =
  | (ClientCredentials & { readonly grant: 'client_credentials' })
  | (ClientCredentials & { readonly grant: 'password'; readonly username: string; readonly password: string });

export interface TokenSource {
  /** A token that is valid for the next moments; one request at a time, however many ask. */
  get(): Promise<string>;
  /** Docebo refused this token: the next `get` asks for a new one. */
  discard(token: string): void;
  /** Grows with every new token. */
  generation(): number;
}

/** A token is not used in its last minute, nor in the last tenth of a short life. */
const MARGIN_MS = 60_000;
/** RFC 6749 makes `expires_in` optional; Docebo always sends it. */
const LIFE_UNTOLD_S = 300;
/** Refused credentials are not tried again for this time: repeated failures lock accounts. */
const REFUSED_MS = 60_000;

export const TOKEN_PATH = '/oauth2/token';

/**
 * `POST /oauth2/token`, form encoded, scope `api` (Docebo's article on API authentication).
 *
 * @param options.beforeCall called before each request; what it throws stops the request.
 */
export function createTokenSource(options: {
  readonly baseUrl: string;
  readonly credentials: DoceboCredentials;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly beforeCall: () => void;
}): TokenSource {
  const { clock } = options;
  let held: { readonly token: string; readonly usableUntilMs: number } | null = null;
  let refused: { readonly error: AppError; readonly untilMs: number } | null = null;
  let pending: Promise<string> | null = null;
  let generation = 0;

  async function request(): Promise<string> {
    if (refused !== null && clock.now().getTime() < refused.untilMs) throw refused.error;
    const askedAtMs = clock.now().getTime();
    try {
      const { token, lifeMs } = await requestToken(options);
      held = { token, usableUntilMs: askedAtMs + lifeMs - Math.min(MARGIN_MS, lifeMs / 10) };
      refused = null;
      generation++;
      return token;
    } catch (error) {
      if (error instanceof AccessError) refused = { error, untilMs: clock.now().getTime() + REFUSED_MS };
      throw error;
    }
  }

  return {
    async get() {
      if (held !== null && clock.now().getTime() < held.usableUntilMs) return held.token;
      pending ??= request().finally(() => (pending = null));
      return pending;
    },
    discard(token) {
      if (held?.token === token) held = null;
    },
    generation: () => generation,
  };
}

async function requestToken(
  options: Parameters<typeof createTokenSource>[0],
): Promise<{ readonly token: string; readonly lifeMs: number }> {
  const { baseUrl, credentials, fetch, clock, timeoutMs } = options;
  options.beforeCall();
  let json: unknown;
  try {
    const answer = await fetchJson(
      {
        system: 'DOCEBO',
        method: 'POST',
        url: `${baseUrl}${TOKEN_PATH}`,
        path: TOKEN_PATH,
        body: toForm(credentials),
        timeoutMs,
      },
      { fetch, now: () => clock.now(), readCode: readErrorCode },
    );
    json = answer.json;
  } catch (error) {
    throw toTokenError(error, credentials.grant);
  }
  const token = isObject(json) ? json['access_token'] : undefined;
  if (typeof token !== 'string' || token === '') {
    throw new ContractError(`DOCEBO answered POST ${TOKEN_PATH} without an access_token`, { code: 'DOCEBO_CONTRACT' });
  }
  const life = toCount((json as Record<string, unknown>)['expires_in']) ?? LIFE_UNTOLD_S;
  return { token, lifeMs: life * 1000 };
}

function toForm(credentials: DoceboCredentials): URLSearchParams {
  const { grant, clientId, clientSecret } = credentials;
  const form = new URLSearchParams({
    grant_type: grant,
    client_id: clientId,
    client_secret: clientSecret,
    scope: 'api',
  });
  if (credentials.grant === 'password') {
    form.set('username', credentials.username);
    form.set('password', credentials.password);
  }
  return form;
}

/** OAuth refuses with 400 as well as with 401; both mean that an administrator must look at the credentials. */
function toTokenError(error: unknown, grant: string): unknown {
  if (!(error instanceof AppError)) return error;
  if (error.kind !== 'input' && error.kind !== 'access' && error.kind !== 'not-found') return error;
  const { status = null, upstreamCode = null } = error.context;
  const told = [status, upstreamCode].filter((part) => part !== null).join(' ');
  const advice =
    error.kind === 'not-found'
      ? 'check the base address of the platform'
      : `check client id and secret${grant === 'password' ? ', user and password' : ''}, and that the API client allows the grant "${grant}"`;
  return new AccessError(`DOCEBO issues no token (${told}): ${advice}`, {
    code: 'DOCEBO_TOKEN',
    cause: error,
    context: { status, upstreamCode, grant },
  });
}
