import { AccessError, type AppError } from '../../domain/errors';
import { toHttpError } from '../http/to-http-error';
import type { TokenAnswer } from './token-network';

/** Names of the settings as the operator knows them, for messages. */
export interface TokenSettingNames {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const PATH = '/oauth2/v2.0/token';

/** What to mend, by AADSTS number. */
const REMEDIES: Readonly<Record<string, (names: TokenSettingNames) => string>> = {
  7000215: (n) => `the client secret is wrong: put the secret's value (not its id) into ${n.clientSecret}`,
  7000222: (n) =>
    `the client secret has expired: create a new one for the app and put its value into ${n.clientSecret}`,
  7000216: (n) => `no client secret was sent: set ${n.clientSecret}`,
  7000218: (n) => `no client secret was sent: set ${n.clientSecret}`,
  7000112: (n) => `the app is disabled in its tenant: enable it, or set another one in ${n.clientId}`,
  700016: (n) => `the tenant does not know the app: check ${n.clientId} and ${n.tenantId}`,
  90002: (n) => `there is no such tenant in this cloud: check ${n.tenantId}`,
  900023: (n) => `the tenant's id is malformed: check ${n.tenantId}`,
  53003: (n) => `a conditional access policy blocks the app, or ${n.tenantId} names no tenant`,
  1002012: () => 'the token scope does not belong to Graph: check the Graph base URL',
  70011: () => 'the token scope does not belong to Graph: check the Graph base URL',
};

/** MSAL's own refusals, before anything is sent. */
const LOCAL_REMEDIES: Readonly<Record<string, (names: TokenSettingNames) => string>> = {
  missing_tenant_id_error: (n) => `${n.tenantId} must name one tenant, not 'common', 'organizations' or 'consumers'`,
  authority_uri_insecure: () => 'the login URL must begin with https://',
  url_parse_error: () => 'the login URL is no URL',
  endpoints_resolution_error: () => 'the login URL leads to no Microsoft login',
  invalid_client_credential: (n) => `set ${n.clientSecret}`,
};

/**
 * Why there is no token: what only an administrator can mend is an AccessError `GRAPH_TOKEN`; `ENTRA_THROTTLED` and
 * `ENTRA_UNAVAILABLE` pass. Entra's text is left out: it quotes ids, and MSAL's own texts are links.
 *
 * @param answer what the endpoint answered; null when MSAL failed without asking it.
 */
export function toTokenError(error: unknown, answer: TokenAnswer | null, names: TokenSettingNames): AppError {
  const { errorCode, errorNo, correlationId } = read(error);
  const told = { system: 'ENTRA' as const, method: 'POST', path: PATH, upstreamCode: errorNo ?? errorCode };
  if (answer !== null && (answer.status === 0 || (answer.status < 400 && !answer.isJson))) {
    return toHttpError({ ...told, status: 0, upstreamCode: null, cause: answer.cause });
  }
  const passes = answer !== null && (answer.status === 429 || answer.status >= 500 || !answer.isJson);
  if (passes) return toHttpError({ ...told, status: passing(answer.status), retryAfterMs: answer.retryAfterMs });
  if (errorNo === '90033' || errorCode === 'temporarily_unavailable') return toHttpError({ ...told, status: 503 });
  const remedy = REMEDIES[errorNo ?? ''] ?? LOCAL_REMEDIES[errorCode ?? ''];
  const number = errorNo === null ? (errorCode ?? 'unknown reason') : `AADSTS${errorNo}`;
  const todo =
    remedy?.(names) ?? `look the code up, and check ${names.tenantId}, ${names.clientId} and ${names.clientSecret}`;
  return new AccessError(`Microsoft Entra gives the app no token (${number}): ${todo}`, {
    code: 'GRAPH_TOKEN',
    context: { errorCode, errorNo, correlationId, status: answer?.status ?? null },
  });
}

/** A proxy's HTML with a 4xx is no word of Entra's. */
function passing(status: number): number {
  return status === 429 || status >= 500 ? status : 502;
}

/** By field, never by class: two copies of MSAL's classes may meet. `errorNo` is the AADSTS number. */
function read(error: unknown): { errorCode: string | null; errorNo: string | null; correlationId: string | null } {
  const fields = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
  const text = (name: string): string | null => {
    const value = fields[name];
    return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : null;
  };
  return { errorCode: text('errorCode'), errorNo: text('errorNo'), correlationId: text('correlationId') };
}
