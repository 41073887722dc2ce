import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toProfile } from '../../simulators/docebo/profile';
import type { CommandArgs, CommandName, CommandResult } from '../../simulators/docebo/academy/commands';
import type { Oddity } from '../../simulators/docebo/api/oddities';
import { createDoceboSimulator, defaultAccount, type DoceboSimulator } from '../../simulators/docebo/server';
import type { Fault } from '../../simulators/kit/faults';
import type { AdditionalInput } from '../../src/adapters/docebo/reading/additional-inputs';
import type { RouteReads } from '../../src/domain/planning/route-mailbox';
import { createAnswerSink } from '../../src/adapters/docebo/answer-sink';
import type { BudgetSettings } from '../../src/adapters/docebo/api/call-budget';
import { createDoceboClient, type DoceboClient } from '../../src/adapters/docebo/api/client';
import { loadProfile, type TenantProfile } from '../../src/adapters/docebo/profile/profile';
import { createSessionLister } from '../../src/adapters/docebo/session-lister';
import { createTrainingSource } from '../../src/adapters/docebo/training-source';
import type { AnswerSink, TrainingSource } from '../../src/domain/ports';
import type { SessionLister } from '../../src/domain/sweep/sweep-ports';

export const PROFILES = ['assumed-v1', 'assumed-v2'] as const;
export type ProfileName = (typeof PROFILES)[number];

/** The Docebo adapter before a simulated tenant. The simulator's clock runs on; both read it. */
export class DoceboRig {
  private constructor(
    readonly simulator: DoceboSimulator,
    readonly client: DoceboClient,
    readonly source: TrainingSource,
    readonly sink: AnswerSink,
    readonly lister: SessionLister,
  ) {}

  static async start(
    options: {
      readonly profile?: ProfileName;
      /** The adapter reads by this one instead. */
      readonly readBy?: ProfileName;
      readonly grant?: 'password' | 'client_credentials';
      readonly timeoutMs?: number;
      readonly budget?: BudgetSettings;
      readonly additionalInputs?: readonly AdditionalInput[];
      readonly routeReads?: RouteReads;
      /** What the adapter's profile has otherwise. */
      readonly adapt?: (profile: TenantProfile) => TenantProfile;
    } = {},
  ): Promise<DoceboRig> {
    const {
      profile: name = 'assumed-v1',
      readBy = name,
      grant = 'client_credentials',
      timeoutMs,
      budget,
      additionalInputs,
      routeReads,
      adapt = (shipped) => shipped,
    } = options;
    const simulator = createDoceboSimulator({ profile: toProfile(profileJson(name), name) });
    const baseUrl = await simulator.listen();
    const profile = adapt(loadProfile(profileJson(readBy), readBy));
    const { clock } = simulator.tenant;
    const client = createDoceboClient({
      baseUrl,
      credentials: { ...defaultAccount, grant },
      profile,
      clock,
      timeoutMs,
      budget,
    });
    const source = createTrainingSource({ platform: 'acme', client, profile, clock, additionalInputs, routeReads });
    const sink = createAnswerSink({ platform: 'acme', client, profile });
    const lister = createSessionLister({ platform: 'acme', client, profile, clock });
    return new DoceboRig(simulator, client, source, sink, lister);
  }

  close(): Promise<void> {
    return this.simulator.close();
  }

  run<N extends CommandName>(command: N, args: CommandArgs<N>): CommandResult<N> {
    const [result] = this.simulator.academy.run([{ command, args: args }]);
    return result as CommandResult<N>;
  }

  /** Strikes the next request that fits, unless the fault says otherwise. */
  fault(fault: Fault): void {
    this.simulator.faults.arm(fault);
  }

  oddity(oddity: Oddity): void {
    this.simulator.tenant.oddities.arm(oddity);
  }

  settings(change: unknown): void {
    this.simulator.tenant.changeSettings(change);
  }

  now(): string {
    return this.simulator.tenant.clock.now().toISOString();
  }

  advance(ms: number): void {
    this.simulator.tenant.clock.advance(ms);
  }

  read(sessionId: number, courseId: number | null = null, notOlderThan = this.now()) {
    return this.source.readSession({
      sessionId: String(sessionId),
      courseId: courseId === null ? null : String(courseId),
      notOlderThan,
    });
  }
}

function profileJson(name: ProfileName): unknown {
  return JSON.parse(readFileSync(join(__dirname, '../../profiles', `${name}.json`), 'utf8'));
}
