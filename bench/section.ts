import type { Figure } from './figure';
import type { Storage } from './options';

export interface BenchContext {
  /** Of this run; removed at its end. Each world gets a folder in it. */
  readonly folder: string;
  readonly quick: boolean;
  readonly storages: readonly Storage[];
  readonly profile: string | null;
  readonly say: (line: string) => void;
}

export type Section = (context: BenchContext) => Promise<readonly Figure[]>;
