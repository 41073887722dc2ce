import type { Figure } from './figure';

export interface BenchContext {
  /** Of this run; removed at its end. Each world gets a folder in it. */
  readonly folder: string;
  readonly quick: boolean;
  readonly profile: string | null;
  readonly say: (line: string) => void;
}

export type Section = (context: BenchContext) => Promise<readonly Figure[]>;
