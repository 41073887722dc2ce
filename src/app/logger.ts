import pino, { type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import type { Logger as TemporalLogger, LogLevel } from '@temporalio/worker';
import { AppError } from '../domain/errors';
import type { LogFormat } from './config/config-types';
import { readVersion } from './telemetry/build-info';
import { toTextLine } from './telemetry/text-line';

export type { Logger };

export interface LogSettings {
  readonly level: string;
  /** `json`: one object a line, for collectors; `text`: for people at a terminal. */
  readonly format?: LogFormat;
}

/** Pino's options and where the lines go, for this process: every line has time, level, process and version. */
export function toLogOptions({ level, format = 'json' }: LogSettings, process: string): LogOptions {
  return {
    level,
    base: { process, version: readVersion() },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    ...(format === 'text' && { stream: textStream() }),
  };
}

/** As Fastify takes them, too. */
export type LogOptions = LoggerOptions & { stream?: DestinationStream };

/** To standard output. Secrets never get here by name; the rest is kept out by what is logged at all. */
export function createLogger(settings: LogSettings, process: string): Logger {
  const { stream, ...options } = toLogOptions(settings, process);
  const all: LoggerOptions = {
    ...options,
    redact: { paths: ['req.headers.authorization', '*.password', '*.clientSecret'], censor: '(secret)' },
    serializers: { err: describeError },
  };
  return stream === undefined ? pino(all) : pino(all, stream);
}

function textStream(): DestinationStream {
  return { write: (line) => void process.stdout.write(`${toTextLine(line)}\n`) };
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
