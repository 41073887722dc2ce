import type { FastifyRequest } from 'fastify';

/** Something that somebody did, or tried to do, through the api. Ids and counts alone. */
export interface AuditEntry {
  /** `decode`, `resync`: what was asked. */
  readonly action: string;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly workflowId?: string;
  readonly payloads?: number;
  readonly namespace?: string;
  /** Of the error. */
  readonly code?: string;
}

/**
 * Writes a line that has `audit: true`, whatever the log level is: who may never depend on how much is logged. With a caller who proved
 * nothing, `who` is null and the address remains.
 */
export function audit(request: FastifyRequest, entry: AuditEntry): void {
  const fields = { ...entry, who: request.principal?.id ?? null, remoteAddress: request.ip };
  request.log.child({ audit: true }, { level: 'info' }).info(fields, 'audit');
}
