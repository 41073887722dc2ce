import { createSweepActivities } from '../../src/activities/sweep';
import type { SweepResult } from '../../src/contract/scheduled';
import type { SessionHints } from '../../src/domain/ports';
import type { SessionRegistry } from '../../src/domain/sweep/sweep-ports';
import type { SweepMemory } from '../../src/domain/sweep/sweep-memory';
import type { SweepSettings } from '../../src/domain/sweep/sweep-settings';
import { digest } from '../support/builders';
import { sweepSettings } from '../support/sweep-builders';
import type { DoceboRig } from './docebo-rig';

/** Enough calls for every test that is not about them. */
export const RICH = { callsPerHour: 1_000_000, burst: 1_000_000 };

/** Sweeps of a simulated platform, each with the memory of the one before it. */
export class SweepRig {
  memory: SweepMemory | null = null;

  constructor(
    private readonly docebo: DoceboRig,
    private readonly temporal: SessionHints & SessionRegistry,
  ) {
    docebo.settings({ limits: { callsPerHour: 1_000_000 } });
  }

  async sweep(horizon: 'near' | 'all', settings: Partial<SweepSettings> = {}): Promise<SweepResult> {
    const activities = createSweepActivities({
      isConnectOff: () => true,
      sessionListerOf: () => this.docebo.lister,
      registry: this.temporal,
      hints: this.temporal,
      settingsOf: () => ({ plan: { rsvp: 'on' } }),
      sweepSettingsOf: () => sweepSettings({ maxCalls: 1_000_000, ...settings }),
      sweepProgress: { last: () => null, tell: () => undefined },
      clock: { now: () => new Date(this.docebo.now()) },
      digest,
    });
    const result = await activities.sweepPlatform({ platform: 'acme', horizon, memory: this.memory });
    // As Temporal keeps it.
    this.memory = JSON.parse(JSON.stringify(result.memory)) as SweepMemory;
    return result;
  }

  /** Docebo's own count of calls. */
  calls(): number {
    return this.docebo.simulator.tenant.calls.report().total;
  }
}
