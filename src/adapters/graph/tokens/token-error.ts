import { AccessError, AppError } from '../../../domain/errors';
import { toHttpError } from '../../http/to-http-error';
import type { TokenAnswer } from './token-network';

/** Names of the settings as the operator knows them, for messages. */
export interface TokenSettingNames {
  readonly tenantId: string;
  readonly clientId: string;
  /** Secret, certificate or file of the federated token; for people, what makes them sign in again. */
  readonly credential: string;
}

const PATH = '/oauth2/v2.0/token';

type Remedy = (names: TokenSettingNames) => string;

const noSecret: Remedy = (n) => `no client secret was sent: set ${n.credential}`;
const federation: Remedy = (n) =>
  `the token in ${n.credential} is not the one that the app trusts: compare issuer, subject and audience with the app's federated credentials (Certificates & secrets)`;

/** What to mend, by AADSTS number. */
const REMEDIES: Readonly<Record<string, Remedy>> = {
  7000215: (n) => `the client secret is wrong: put the secret's value (not its id) into ${n.credential}`,
  7000222: (n) => `the client secret has expired: create a new one for the app and put its value into ${n.credential}`,
  7000216: noSecret,
  7000218: noSecret,
  700027: (n) =>
    `the certificate is not registered for the app, has expired, or its key is another one's: upload the certificate of ${n.credential} (Certificates & secrets), or make a new one`,
  1000502: (n) => `the certificate of ${n.credential} is not valid now: make a new one and upload it`,
  700024: (n) =>
    `the time of the signed request is not right: set this machine's clock, and see that ${n.credential} is renewed in time`,
  700023: () => 'the signed request was made out to another address: check the login URL and the token endpoint',
  70025: (n) => `the app trusts no issuer: add a federated credential to it for the token in ${n.credential}`,
  700211: federation,
  700212: federation,
  700213: federation,
  7000112: (n) => `the app is disabled in its tenant: enable it, or set another one in ${n.clientId}`,
  700016: (n) => `the tenant does not know the app: check ${n.clientId} and ${n.tenantId}`,
  90002: (n) => `there is no such tenant in this cloud: check ${n.tenantId}`,
  900023: (n) => `the tenant's id is malformed: check ${n.tenantId}`,
  53003: (n) => `a conditional access policy blocks the app, or ${n.tenantId} names no tenant`,
  1002012: () => 'the token scope does not belong to Graph: check the Graph base URL',
  70011: () => 'the token scope does not belong to Graph: check the Graph base URL',
};

/** MSAL's own refusals, before anything is sent. */
const LOCAL_REMEDIES: Readonly<Record<string, Remedy>> = {
  missing_tenant_id_error: (n) => `${n.tenantId} must name one tenant, not 'common', 'organizations' or 'consumers'`,
  authority_uri_insecure: () => 'the login URL must begin with https://',
  url_parse_error: () => 'the login URL is no URL',
  endpoints_resolution_error: () => 'the login URL leads to no Microsoft login',
  invalid_client_credential: (n) => `set ${n.credential}`,
};

/**
 * Why there is no token: what only an administrator can mend is an AccessError `GRAPH_TOKEN`; `ENTRA_THROTTLED` and
 * `ENTRA_UNAVAILABLE` pass. Entra's text is left out: it quotes ids, and MSAL's own texts are links.
 *
 * @param answer what the endpoint answered; null when MSAL failed without asking it.
 */
export function toTokenError(error: unknown, answer: TokenAnswer | null, names: TokenSettingNames): AppError {
  if (error instanceof AppError) return error;
  const passing = toPassingError(error, answer);
  if (passing !== null) return passing;
  const { errorCode, errorNo, correlationId } = readTokenError(error);
  const remedy = REMEDIES[errorNo ?? ''] ?? LOCAL_REMEDIES[errorCode ?? ''];
  const todo =
    remedy?.(names) ?? `look the code up, and check ${names.tenantId}, ${names.clientId} and ${names.credential}`;
  return new AccessError(`Microsoft Entra gives the app no token (${reasonOf({ errorCode, errorNo })}): ${todo}`, {
    code: 'GRAPH_TOKEN',
    context: { errorCode, errorNo, correlationId, status: answer?.status ?? null },
  });
}

/** null: it does not pass by itself. */
export function toPassingError(error: unknown, answer: TokenAnswer | null): AppError | null {
  const { errorCode, errorNo } = readTokenError(error);
  const told = { system: 'ENTRA' as const, method: 'POST', path: PATH, upstreamCode: errorNo ?? errorCode };
  if (answer !== null && (answer.status === 0 || (answer.status < 400 && !answer.isJson))) {
    return toHttpError({ ...told, status: 0, upstreamCode: null, cause: answer.cause });
  }
  const passes = answer !== null && (answer.status === 429 || answer.status >= 500 || !answer.isJson);
  if (passes) return toHttpError({ ...told, status: passing(answer.status), retryAfterMs: answer.retryAfterMs });
  if (errorNo === '90033' || errorCode === 'temporarily_unavailable') return toHttpError({ ...told, status: 503 });
  return null;
}

/** A proxy's HTML with a 4xx is no word of Entra's. */
function passing(status: number): number {
  return status === 429 || status >= 500 ? status : 502;
}

/** The number that Entra's own pages explain, or MSAL's word. */
export function reasonOf({ errorCode, errorNo }: { errorCode: string | null; errorNo: string | null }): string {
  return errorNo === null ? (errorCode ?? 'unknown reason') : `AADSTS${errorNo}`;
}

/** By field, never by class: two copies of MSAL's classes may meet. `errorNo` is the AADSTS number. */
export function readTokenError(error: unknown): {
  errorCode: string | null;
  errorNo: string | null;
  correlationId: string | null;
} {
  const fields = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
  const text = (name: string): string | null => {
    const value = fields[name];
    return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : null;
  };
  return { errorCode: text('errorCode'), errorNo: text('errorNo'), correlationId: text('correlationId') };
}
