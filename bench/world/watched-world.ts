import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import * as settings from '../../chaos/world/settings';
import { World, type WorldOptions } from '../../chaos/world/world';
import { sessionWorkflowId } from '../../src/contract/ids';
import { QUERIES, type SessionState } from '../../src/contract/messages';
import { createDataConverter } from '../../src/temporal/data-converter';
import { ensureSearchAttributes } from '../../src/temporal/ensure-search-attributes';
import type { BenchContext } from '../section';

const LOOK_EVERY_MS = 100;
const QUIET_MS = 3_000;

/** A world with a client that can read what its workflows say. */
export class WatchedWorld {
  private constructor(
    readonly world: World,
    readonly client: Client,
  ) {}

  /** Temporal and the api run, and the worker unless it is left out. */
  static async open(
    { folder, profile }: BenchContext,
    { worker = true, ...options }: WorldOptions & { readonly worker?: boolean } = {},
  ): Promise<WatchedWorld> {
    const nodeArgs = profile === null ? [] : ['--cpu-prof', '--cpu-prof-dir', profile];
    const world = await World.open(mkdtempSync(join(folder, 'world-')), { nodeArgs, ...options });
    try {
      await world.programs.temporal.up();
      await Promise.all([world.programs.api.up(), ...(worker ? [world.programs.worker.up()] : [])]);
      const connection = await Connection.connect({ address: world.temporalAddress });
      const dataConverter = createDataConverter([settings.CODEC_KEY]);
      const client = new Client({ connection, namespace: settings.NAMESPACE, dataConverter });
      // Otherwise the worker's job, or the supervisor's.
      if (!worker) await ensureSearchAttributes(client, settings.NAMESPACE);
      return new WatchedWorld(world, client);
    } catch (error) {
      await world.close();
      throw error;
    }
  }

  handle(sessionId: number) {
    return this.client.workflow.getHandle(
      sessionWorkflowId({ platform: settings.PLATFORM, sessionId: String(sessionId) }),
    );
  }

  /** null: nobody has told of the session yet. */
  async state(sessionId: number): Promise<SessionState | null> {
    return this.handle(sessionId)
      .query<SessionState>(QUERIES.state)
      .catch(() => null);
  }

  /** Waits until webhooks are delivered and nothing waits in the session, second look included. */
  async settled(sessionId: number, done: (state: SessionState) => boolean, limitMs = 120_000): Promise<SessionState> {
    await this.world.doceboControl.whenIdle(limitMs);
    return until(`session ${sessionId} to rest`, limitMs, async () => {
      const state = await this.state(sessionId);
      if (state === null || state.busy || state.inbox.count > 0 || state.settleAt !== null) return null;
      return state.lastPlanAt !== null && state.failures.length === 0 && done(state) ? state : null;
    });
  }

  /** Waits until neither side has been asked anything for a while: what a worker does when it starts is over. */
  async quiet(): Promise<void> {
    const { world } = this;
    await until('the worker to rest', 60_000, async () => (Date.now() - world.lastRequestAt > QUIET_MS ? true : null));
  }

  async close(): Promise<void> {
    await this.client.connection.close();
    await this.world.close();
  }
}

/** @throws Error when `attempt` answers null for so long. */
export async function until<T>(what: string, limitMs: number, attempt: () => Promise<T | null>): Promise<T> {
  const giveUpAt = Date.now() + limitMs;
  for (;;) {
    const found = await attempt();
    if (found !== null) return found;
    if (Date.now() > giveUpAt) throw new Error(`waited ${limitMs / 1000} s in vain for ${what}`);
    await sleep(LOOK_EVERY_MS);
  }
}
