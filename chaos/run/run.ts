import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readings } from '../oracle/readings';
import type { Violation } from '../oracle/mail-rules';
import { planRound } from '../plan/plan-round';
import { SETTLE_MS } from '../world/settings';
import { World } from '../world/world';
import { check } from './check';
import type { Counts } from './counts';
import { keepEvidence } from './evidence';
import { playRound } from './play-round';
import { seedAcademy } from './seed-academy';
import { toStage } from './stage';

export interface RunOptions {
  readonly seed: number;
  /** Milliseconds since the epoch after which the next check is the last; null: `rounds` alone decide. */
  readonly endAt: number | null;
  readonly rounds: number;
  readonly every: number;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly verbose: boolean;
}

export interface RunResult {
  readonly rounds: number;
  readonly violations: readonly Violation[];
  readonly counts: Counts;
  /** Where logs, database and states were kept; null: there was no reason. */
  readonly evidence: string | null;
}

/** Well below the second look, which takes a moment to read. */
const SHAPE = { bridgedLagMs: SETTLE_MS * 0.6 };

/** One world from its first to its last round, or to the first check that finds something. */
export async function run(options: RunOptions): Promise<RunResult> {
  const { seed, say } = options;
  const folder = mkdtempSync(join(tmpdir(), `convoke-chaos-${seed}-`));
  const readings = new Readings();
  const world = await World.open(folder, { beforeListening: (docebo) => readings.attach(docebo) });
  const stage = toStage(world, readings);
  let violations: readonly Violation[] = [];
  let number = 0;
  let failed = true;
  try {
    seedAcademy(world.docebo, seed);
    stage.told.loseAll();
    await world.start();
    violations = await check(stage);
    say(`seed ${seed}: ${Object.values(world.docebo.academy.state.sessions).length} sessions are in the calendar`);
    const isOver = (): boolean =>
      number >= options.rounds || options.signal.aborted || (options.endAt !== null && Date.now() > options.endAt);
    while (violations.length === 0 && !isOver()) {
      number++;
      const round = planRound(seed, number, SHAPE);
      stage.trail.push(`${new Date().toISOString()} ---- round ${JSON.stringify(round)}`);
      await playRound(stage, round);
      if (options.verbose) say(`  round ${number}`);
      if (number % options.every !== 0 && !isOver()) continue;
      const startedAt = Date.now();
      violations = await check(stage);
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
      const { counts } = stage;
      const kills = counts.sum('kill: ');
      say(
        `round ${number}: ${counts.sum('change: ')} changes, ${counts.sum('fault: ')} faults, ${kills} kills, ${counts.get('mails')} mails; ` +
          `at rest after ${seconds} s: ${violations.length === 0 ? 'ok' : 'VIOLATED'}`,
      );
    }
    failed = violations.length > 0;
  } finally {
    await world.close();
    for (const fate of world.docebo.tenant.sender.deliveries()) stage.counts.add(`webhooks ${fate.status}`);
    if (failed) keepEvidence(stage, folder, violations);
    else rmSync(folder, { recursive: true, force: true });
  }
  return { rounds: number, violations, counts: stage.counts, evidence: failed ? folder : null };
}
