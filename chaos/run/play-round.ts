import { setTimeout as sleep } from 'node:timers/promises';
import { expectCalendar, NOTHING, type Expectation } from '../../demo/checker/expectation';
import { truthOf } from '../../simulators/docebo/academy/truth';
import type { PlannedChange, PlannedOutage, Round } from '../plan/round';
import { toCommands } from '../plan/to-commands';
import { MAILBOX, PLATFORM } from '../world/settings';
import type { Stage } from './stage';

/** Acts one round and goes on without waiting for anything to be done. */
export async function playRound(stage: Stage, round: Round): Promise<void> {
  const { world, counts } = stage;
  const { tenant } = world.docebo;
  counts.add('rounds');
  const { held, replays, ...webhooks } = round.webhooks;
  tenant.changeSettings({
    webhooks: { ...webhooks, held: held !== null },
    lag:
      round.lag === 'held' ? { mode: 'held' } : round.lag === 0 ? { mode: 'none' } : { mode: 'delay', ms: round.lag },
  });
  if (round.lag !== 0) counts.add(round.lag === 'held' ? 'lag: held' : 'lag: delayed');
  if (round.faults.length > 0) counts.add('fault schedules');
  for (const planned of round.faults) stage.faults.arm(planned, round.number);
  for (const oddity of round.oddities) {
    tenant.oddities.arm(oddity);
    counts.add(`oddity armed: ${oddity.kind}`);
  }
  if (round.revokeTokens !== null) revoke(stage, round.revokeTokens);
  if (round.trigger !== null) await trigger(stage, round.trigger);
  const outage = round.outage === null ? null : beginOutage(stage, round.outage);

  for (const change of round.changes) {
    applyChange(stage, change, round.lag === 'held');
    await sleep(Math.min(40, round.restMs / 4));
  }
  for (const deed of round.deeds) {
    const { done, sessionId } = stage.deeds.do(deed);
    if (done) counts.add(`deed: ${deed.kind}`);
    if (sessionId !== null) stage.told.touch(sessionId);
  }
  await sleep(round.restMs);
  replay(stage, replays);
  if (held !== null) {
    counts.add(`webhooks kept back: ${held}`);
    tenant.sender.reorder(held);
    tenant.changeSettings({ webhooks: { held: false } });
  }
  if (round.lag === 'held') tenant.changeSettings({ lag: { mode: 'none' } });
  stage.faults.expire(round.number);
  tenant.oddities.disarm();
  await outage;
}

/** The kill itself belongs to the round; that the program comes back does not. */
async function beginOutage(stage: Stage, outage: PlannedOutage): Promise<void> {
  const { world, counts } = stage;
  const program = world.programs[outage.program];
  if (!program.isUp) return counts.add('outage left out: not up yet');
  await sleep(outage.afterMs);
  if (outage.kind === 'pause') {
    counts.add(`pause: ${outage.program}`);
    stage.recovering.push(program.pause(outage.pauseMs));
    return;
  }
  await program.kill();
  counts.add(`kill: ${outage.program}`);
  stage.recovering.push(sleep(outage.downMs).then(() => program.up()));
}

function applyChange(stage: Stage, { kind, salt, silent }: PlannedChange, isHeld: boolean): void {
  const { world, counts, told } = stage;
  const { academy, sender } = world.docebo.tenant;
  const truth = truthOf(academy);
  const commands = toCommands(kind, salt, truth);
  if (commands.length === 0) return;
  const before = expected(stage);
  const { lastSeq } = sender;
  academy.run(commands, { silent });
  stage.trail.push(`${new Date().toISOString()} ${kind}${silent ? ' (silent)' : ''} ${JSON.stringify(commands)}`);
  counts.add(`change: ${kind}`);
  const messages = sender.deliveriesSince(lastSeq);
  const isLost = messages.length === 0 || messages.some(({ status }) => status === 'lost');
  told.note(before, expected(stage), isLost || isHeld ? 'lost' : 'told');
}

export function expected(stage: Stage): Expectation {
  const { academy, clock, options } = stage.world.docebo.tenant;
  const truth = { ...truthOf(academy), platform: PLATFORM, domain: options.domain, now: clock.now().toISOString() };
  return expectCalendar(truth, { addInstructors: true, organiser: MAILBOX.address }, NOTHING);
}

function replay({ world, counts }: Stage, replays: number): void {
  const { sender } = world.docebo.tenant;
  const done = sender.deliveries().filter(({ status }) => status === 'delivered');
  for (const { messageId } of done.slice(-replays * 3).filter((_, i) => i % 3 === 0)) {
    if (replays === 0) break;
    sender.redeliver(messageId);
    counts.add('webhooks replayed');
  }
}

function revoke({ world, counts }: Stage, side: 'graph' | 'docebo'): void {
  counts.add(`tokens revoked: ${side}`);
  if (side === 'docebo') world.docebo.tenant.tokens.revokeAll();
  else for (const token of Object.values(world.microsoft.state.data.tokens)) token.revoked = true;
}

/** In the middle of it all; it may well fail to start. */
async function trigger(stage: Stage, what: 'sweep' | 'poll'): Promise<void> {
  const id = what === 'sweep' ? `sweep/${PLATFORM}` : 'rsvp-poll/training';
  const done = await Promise.race([
    stage.world
      .temporally((client) => client.schedule.getHandle(id).trigger())
      .then(
        () => true,
        () => false,
      ),
    sleep(1_500, false),
  ]);
  stage.counts.add(`${what} in between${done ? '' : ', not started'}`);
}
