import type { Stage } from './stage';

/** Everything works again: no faults, no lag, webhooks as they come, all programs up. */
export async function heal(stage: Stage): Promise<void> {
  const { world, counts, faults } = stage;
  const { tenant } = world.docebo;
  faults.expire(Infinity);
  tenant.oddities.disarm();
  tenant.changeSettings({
    lag: { mode: 'none' },
    webhooks: { losses: 0, duplicates: 0, delayed: 0, held: false, split: 'whole', parallelPerHost: 1 },
  });
  await recover(stage);
  for (const [name, program] of Object.entries(world.programs)) {
    counts.add(`ended by itself: ${name}`, program.ownEnds);
    program.ownEnds = 0;
  }
}

/** All programs are up. */
export async function recover({ world, recovering }: Stage): Promise<void> {
  await Promise.all(recovering.splice(0));
  await world.programs.temporal.up();
  await Promise.all([world.programs.api.up(), world.programs.worker.up()]);
}
