import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PLATFORM } from '../../chaos/world/settings';
import { rsvpPollId } from '../../src/contract/ids';
import type { PollRsvpsResult, SweepResult } from '../../src/contract/scheduled';
import { graphCalls } from '../frugality/cost-counter';
import { cpuSeconds, residentMib } from '../world/process-usage';
import { runScheduled } from '../world/run-scheduled';
import { until, type WatchedWorld } from '../world/watched-world';
import { toCopy } from './many-sessions';

export const ANSWERS = 50;

/** What it takes to look after so many sessions, and to begin again with them. Keys are those of `MEASURES`. */
export async function measureSize(watched: WatchedWorld, sessions: number): Promise<Record<string, number>> {
  const { world } = watched;
  const values: Record<string, number> = {};
  const cpuOfWorker = (): number => cpuSeconds(world.programs.worker.pid);
  values['warm'] = residentMib(world.programs.worker.pid);

  let cpu = cpuOfWorker();
  const full = await runScheduled<SweepResult>(watched, `sweep/${PLATFORM}`);
  if (full.result.sessions < sessions) throw new Error(`the sweep saw ${full.result.sessions} of ${sessions} sessions`);
  values['fullSweep'] = full.seconds;
  values['fullSweepCpu'] = cpuOfWorker() - cpu;
  values['fullSweepCalls'] = full.result.doceboCalls;
  await watched.quiet();
  const next = await runScheduled<SweepResult>(watched, `sweep/${PLATFORM}`);
  values['nearSweep'] = next.seconds;
  values['nearSweepCalls'] = next.result.doceboCalls;
  await watched.quiet();

  cpu = cpuOfWorker();
  const first = await poll(watched);
  if (first.changedEvents < sessions) throw new Error(`the poll saw ${first.changedEvents} of ${sessions} events`);
  values['firstPoll'] = first.seconds;
  values['firstPollCpu'] = cpuOfWorker() - cpu;
  values['firstPollCalls'] = first.graph;
  answer(watched);
  const second = await poll(watched);
  values['nextPoll'] = second.seconds;
  values['nextPollCalls'] = second.graph;
  await watched.quiet();

  values['api'] = residentMib(world.programs.api.pid);
  values['temporal'] = residentMib(world.programs.temporal.pid);
  values['data'] = databaseBytes(world.folder) / 2 ** 20;
  return { ...values, ...(await restart(watched, sessions)) };
}

/** The file, and what is still in its journal. */
function databaseBytes(folder: string): number {
  const files = readdirSync(folder).filter((name) => name.startsWith('temporal.db'));
  return files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

async function poll(watched: WatchedWorld) {
  const before = graphCalls(watched);
  const { result, seconds } = await runScheduled<PollRsvpsResult>(watched, rsvpPollId('training'));
  return { ...result, seconds, graph: graphCalls(watched) - before };
}

/** So many people answer the invitations to as many sessions. */
function answer({ world: { microsoft } }: WatchedWorld): void {
  const { state } = microsoft;
  const events = Object.values(state.data.events).filter(({ transactionId }) => transactionId !== null);
  for (const event of events.slice(-ANSWERS)) {
    Object.assign(event.attendees[0]!, { response: 'accepted', respondedAt: state.nowIso() });
    state.events.touch(event);
  }
}

/** The worker is killed, a webhook comes in, and the worker starts again: with all those sessions, and nothing in its memory. */
async function restart(watched: WatchedWorld, sessions: number): Promise<Record<string, number>> {
  const { world } = watched;
  const { worker } = world.programs;
  await worker.kill();
  const { sessionId } = toCopy(sessions - 1);
  await world.doceboControl.run('update-session', { sessionId, maxEnroll: 31 });
  await world.doceboControl.whenIdle();
  const reads = (): number => world.docebo.tenant.calls.report().total;
  const before = reads();
  const startedAt = Date.now();
  await worker.up();
  const starts = (Date.now() - startedAt) / 1000;
  await until('the first reading after the start', 120_000, () => Promise.resolve(reads() > before ? true : null));
  const firstReading = (Date.now() - startedAt) / 1000;
  await watched.settled(sessionId, () => true);
  return { starts, firstReading, cold: residentMib(worker.pid) };
}
