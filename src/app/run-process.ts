import { ConfigError } from '../domain/errors';
import type { Logger } from './logger';

export interface RunningProcess {
  /** Resolves when the process has stopped by itself or by `stop`; rejects when it broke down. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

/** Longer than any grace inside: whoever hangs after it is ended. */
const LAST_RESORT_MS = 45_000;

/**
 * Runs a process to its end: SIGTERM and SIGINT stop it in order, a broken configuration is told in full and ends it with 1, anything else
 * that breaks is logged and ends it with 1 too.
 */
export async function runProcess(logger: () => Logger, start: () => Promise<RunningProcess>): Promise<void> {
  let running: RunningProcess | null = null;
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    logger().info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
    running?.stop().catch((err: unknown) => {
      logger().error({ err }, 'the stop failed');
      process.exitCode = 1;
    });
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));

  try {
    running = await start();
    if (stopping) await running.stop();
    await running.done;
  } catch (error) {
    if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
    else logger().fatal({ err: error }, 'the process broke down');
    process.exitCode = 1;
    await running?.stop().catch(() => undefined);
  }
  // Sockets of a system that hangs must not keep the process: its work is done.
  setTimeout(() => process.exit(), 1_000).unref();
}
