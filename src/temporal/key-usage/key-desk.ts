import type { Client } from '@temporalio/client';
import type { KeyUsage, SignIns } from './key-usage';
import { readKeyUsage } from './read-key-usage';
import { renewKeys, type RenewResult } from './renew-keys';

export interface Progress {
  readonly tell?: (progress: string) => void;
}

/** What an operator asks of the keys that Temporal's contents and sign-ins are under. Ids only; for what it throws see `Operator`. */
export interface KeyDesk {
  /** Ids of this process's key ring; the first encrypts. */
  readonly ring: readonly string[];
  usage(options?: Progress & { readonly withEnded?: boolean }): Promise<KeyUsage>;
  renew(options: Progress & { readonly perSecond: number; readonly waitMs: number }): Promise<RenewResult>;
}

/** @param signIns null: nothing here says where they are. */
export function createKeyDesk(client: Client, ring: readonly string[], signIns: SignIns | null): KeyDesk {
  return {
    ring,
    usage: (options = {}) => readKeyUsage(client, { ...options, ring, signIns }),
    renew: (options) => renewKeys(client, { ...options, ring, signIns }),
  };
}
