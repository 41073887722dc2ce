import pino, { type Logger } from 'pino';
import type { Logger as TemporalLogger, LogLevel } from '@temporalio/worker';
import { AppError } from '../domain/errors';

export type { Logger };

/** One JSON line each, to standard output. Secrets never get here by name; the rest is kept out by what is logged at all. */
export function createLogger(level: string, process: string): Logger {
  return pino({
    level,
    base: { process },
    redact: { paths: ['req.headers.authorization', '*.password', '*.clientSecret'], censor: '(secret)' },
    serializers: { err: describeError },
  });
}

/** Code, context and stack of our errors; of others the stack, whose first line may quote what they choked on, so it is cut off. */
export function describeError(error: unknown): Record<string, unknown> {
  if (error instanceof AppError) {
    const { code, context, message, stack, cause } = error;
    return { code, context, message, stack, ...(cause === undefined ? {} : { cause: describeError(cause) }) };
  }
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { type: error.name, stack: frames?.join('\n') };
}

/** Temporal's own messages go the same way. */
export function toTemporalLogger(logger: Logger): TemporalLogger {
  const log = (level: LogLevel, message: string, meta?: Record<string | symbol, unknown>): void => {
    const fields: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(meta ?? {}))
      fields[key] = value instanceof Error ? describeError(value) : value;
    const write = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
    logger[write[level]](fields, message);
  };
  return {
    log,
    trace: (message, meta) => log('TRACE', message, meta),
    debug: (message, meta) => log('DEBUG', message, meta),
    info: (message, meta) => log('INFO', message, meta),
    warn: (message, meta) => log('WARN', message, meta),
    error: (message, meta) => log('ERROR', message, meta),
  };
}
