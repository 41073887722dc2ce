import type { FastifyReply } from 'fastify';
import type { TenantSettings } from '../tenant-settings';

const NAMES = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
} as const;

/** A refusal in the form of the Yii framework: clients know an error by its top-level `name`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: keyof typeof NAMES,
    message: string,
  ) {
    super(message);
  }
}

export function sendError(reply: FastifyReply, error: unknown, settings: TenantSettings): FastifyReply {
  const known = error instanceof ApiError;
  const status = known ? error.status : statusOf(error);
  const message = error instanceof Error ? error.message : String(error);
  return reply.code(status).send({
    name: NAMES[status],
    message: settings.wire.errorMessages === 'array' ? [message] : message,
    code: 0,
    status,
  });
}

/** Fastify's own refusals, of a malformed body for example, carry a status too. */
function statusOf(error: unknown): keyof typeof NAMES {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  return status in NAMES ? (status as keyof typeof NAMES) : status < 500 ? 400 : 500;
}
