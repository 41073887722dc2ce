import type { Runs } from '../world/world';
import type { World } from '../world/world';
import type { Readings } from '../oracle/readings';
import { Told } from '../oracle/told';
import { ArmedFaults } from './armed-faults';
import { Counts } from './counts';
import { Deeds } from './deeds';

/** What a run works with: the world, what was done to it, and what the checks need to remember. */
export interface Stage {
  readonly world: World;
  readonly readings: Readings;
  readonly told: Told;
  readonly deeds: Deeds;
  readonly faults: ArmedFaults;
  readonly counts: Counts;
  /** Programs on their way back. */
  readonly recovering: Promise<void>[];
  /** Answers whose next attempt is still to come, at the last look. */
  waiting: number;
  /** What was done to Docebo, a line each. */
  readonly trail: string[];
}

export function toStage(world: World, readings: Readings): Stage {
  const counts = new Counts();
  const boards = { docebo: world.docebo.faults, graph: world.microsoft.faults };
  return {
    world,
    readings,
    told: new Told(),
    deeds: new Deeds(world.microsoft),
    faults: new ArmedFaults(boards, counts),
    counts,
    recovering: [],
    waiting: 0,
    trail: [],
  };
}

export function programsOf({ world }: Stage): Runs[] {
  return Object.values(world.programs);
}
