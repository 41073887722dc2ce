import { AppError, InputError, InvariantError, type ErrorKind } from '../domain/errors';

/** Codes that this room gives out, with the HTTP status of each. `docs/errors.md` lists them. */
export const API_ERRORS = {
  INPUT_BODY_EMPTY: 400,
  INPUT_BODY_NOT_UTF8: 400,
  INPUT_BODY_NOT_JSON: 400,
  INPUT_BODY_TOO_DEEP: 400,
  INPUT_BODY_CUT: 400,
  INPUT_BODY_TOO_LARGE: 413,
  INPUT_CONTENT_TYPE: 415,
  INPUT_CONTENT_ENCODING: 415,
  INPUT_CODEC_PAYLOADS: 400,
  INPUT_OPERATOR_CONFIRM: 400,
  INPUT_HEADERS_TOO_LARGE: 431,
  INPUT_REQUEST: 400,
  INPUT_REQUEST_TIMEOUT: 408,
  INPUT_URL: 400,
  INPUT_NOTIFICATIONS: 400,
  INGRESS_UNAUTHORIZED: 401,
  INGRESS_PLATFORM_UNKNOWN: 404,
  INGRESS_TEMPORAL_UNAVAILABLE: 503,
  INGRESS_SIGNAL_LIMIT: 503,
  CODEC_UNAUTHORIZED: 401,
  API_UNAUTHORIZED: 401,
  API_FORBIDDEN: 403,
  API_THROTTLED: 429,
  API_OIDC_UNAVAILABLE: 503,
  API_NO_HEALTH: 404,
  API_PLATFORM_UNKNOWN: 404,
  API_ROUTE_NOT_FOUND: 404,
  API_NOT_READY: 503,
  BUG_UNEXPECTED: 500,
} as const;

export type ApiErrorCode = keyof typeof API_ERRORS;

const STATUS_BY_KIND: Readonly<Record<ErrorKind, number>> = {
  config: 500,
  input: 400,
  'not-found': 404,
  conflict: 409,
  access: 502,
  throttled: 503,
  upstream: 502,
  contract: 502,
  invariant: 500,
};

export function httpStatusOf(error: AppError): number {
  return Object.hasOwn(API_ERRORS, error.code) ? API_ERRORS[error.code as ApiErrorCode] : STATUS_BY_KIND[error.kind];
}

/** Fastify's and Node's own complaints about a request, in our words. Theirs may quote the request. */
const FOREIGN: Readonly<Record<string, readonly [ApiErrorCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['INPUT_BODY_TOO_LARGE', 'The body is larger than this server accepts.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['INPUT_BODY_CUT', 'The body is not as long as its content-length header says.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['INPUT_CONTENT_TYPE', 'The content-type is not one to read: send application/json.'],
  FST_ERR_BAD_URL: ['INPUT_URL', 'The path cannot be read: check its percent-encoding.'],
  FST_ERR_MAX_PARAM_LENGTH: ['INPUT_URL', 'A part of the path is too long.'],
  ECONNRESET: ['INPUT_BODY_CUT', 'The connection ended before the whole body had come.'],
};

/** Whatever was thrown while a request was answered, as an AppError. What nobody foresaw is our bug. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code, statusCode, validation } = describe(error);
  const known = Object.hasOwn(FOREIGN, code) ? FOREIGN[code] : undefined;
  if (known !== undefined) return new InputError(known[1], { code: known[0] });
  if (validation !== null) return new InputError(`The request is not as the API wants it: ${validation}.`, input);
  if (statusCode >= 400 && statusCode < 500) return new InputError('The request cannot be read.', input);
  return new InvariantError('An unforeseen error', { code: 'BUG_UNEXPECTED', cause: error });
}

const input = { code: 'INPUT_REQUEST' } as const;

function describe(error: unknown): { code: string; statusCode: number; validation: string | null } {
  if (typeof error !== 'object' || error === null) return { code: '', statusCode: 0, validation: null };
  const { code, statusCode, validation, validationContext } = error as Record<string, unknown>;
  const [first] = Array.isArray(validation) ? (validation as { instancePath?: string; message?: string }[]) : [];
  return {
    code: typeof code === 'string' ? code : '',
    statusCode: typeof statusCode === 'number' ? statusCode : 0,
    // Paths and rules only: Ajv's messages quote no values.
    validation:
      first === undefined ? null : `${String(validationContext)}${first.instancePath ?? ''} ${first.message ?? ''}`,
  };
}
