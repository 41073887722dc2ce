import type { Configuration } from '../app/config';
import type { OpenOperator, StoredHistory } from '../app/open-operator';
import type { HistoryToReplay, ReplayResult } from '../app/replay-histories';
import type { Io } from './io';

/** What verbs are given: the terminal, and ways to what they ask for, opened only when they do. */
export interface Cli {
  readonly io: Io;
  now(): Date;
  /** Who sits here, for journals: `--as`, else this. */
  user(): string;
  /** Needs Temporal and the codec keys alone. @throws ConfigError; UpstreamError `TEMPORAL_UNAVAILABLE`. */
  openOperator(): Promise<OpenOperator>;
  /** Ids of CONVOKE_CODEC_KEYS in their order; empty where it is not set. @throws ConfigError. */
  codecKeyIds(): readonly string[];
  /** All settings and all secrets, for verbs that talk to Docebo or Microsoft themselves. @throws ConfigError. */
  loadConfig(): Configuration;
  /** Loads the engine's native part only now. */
  replayer(): Promise<Replayer>;
}

export interface Replayer {
  /** @throws InputError `INPUT_HISTORY`. */
  parse(text: string): StoredHistory;
  /** @throws ConfigError `CONFIG_BUNDLE`. */
  replay(entries: readonly HistoryToReplay[]): Promise<readonly ReplayResult[]>;
}
