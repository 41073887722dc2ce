import type { KeyDesk, KeyUsage, RenewResult } from '../../src/app/open-operator';

/** Answers what a test gave it. */
export class FakeKeyDesk implements KeyDesk {
  ring: readonly string[] = ['a'];
  found: KeyUsage = {
    at: '2026-11-27T20:00:00.000Z',
    openRuns: 0,
    schedules: 0,
    keys: [],
    unknown: [],
    signIns: [],
    users: [],
  };
  renewed: Pick<RenewResult, 'found' | 'left'> = { found: { runs: 0, actions: 0, memories: 0, signIns: 0 }, left: [] };
  readonly asked: unknown[] = [];

  async usage({ withEnded = false }: { readonly withEnded?: boolean } = {}): Promise<KeyUsage> {
    this.asked.push({ withEnded });
    return this.found;
  }

  async renew({ perSecond, waitMs }: { readonly perSecond: number; readonly waitMs: number }): Promise<RenewResult> {
    this.asked.push({ perSecond, waitMs });
    return { key: this.ring[0]!, usage: this.found, ...this.renewed };
  }
}
