import type { SessionState } from '../../src/contract/messages';
import type { Delivery } from '../../simulators/docebo/webhooks/delivery';
import type { WatchedWorld } from '../world/watched-world';
import { countActions } from './count-actions';

export interface Cost {
  readonly graph: number;
  readonly docebo: number;
  readonly actions: number;
  readonly mails: number;
  /** Payloads of webhooks; a grouped message has several. */
  readonly webhooks: number;
}

/** Counts what a change of one session costs, until the session rests again. */
export class CostCounter {
  constructor(
    private readonly watched: WatchedWorld,
    private readonly sessionId: number,
  ) {}

  async costOf(act: () => Promise<unknown>, done: (state: SessionState) => boolean): Promise<Cost> {
    const before = await this.counts();
    await act();
    await this.watched.settled(this.sessionId, done);
    const after = await this.counts();
    return {
      graph: after.graph - before.graph,
      docebo: after.docebo - before.docebo,
      actions: after.actions - before.actions,
      mails: after.mails - before.mails,
      webhooks: after.webhooks - before.webhooks,
    };
  }

  private async counts(): Promise<Cost> {
    const { docebo, microsoft } = this.watched.world;
    return {
      graph: graphCalls(this.watched),
      docebo: docebo.tenant.calls.report().total,
      actions: await this.actions(),
      mails: microsoft.state.data.outbox.length,
      webhooks: docebo.tenant.sender.deliveries().reduce((sum, delivery) => sum + payloadsOf(delivery), 0),
    };
  }

  private async actions(): Promise<number> {
    if ((await this.watched.state(this.sessionId)) === null) return 0;
    return countActions(await this.watched.handle(this.sessionId).fetchHistory());
  }
}

/** Requests to Graph so far; tokens are Entra's. */
export function graphCalls({ world }: WatchedWorld): number {
  return world.microsoft.faults.requests().filter(({ request }) => request.includes('/v1.0/')).length;
}

function payloadsOf({ body }: Delivery): number {
  const { payloads } = body as { readonly payloads?: readonly unknown[] };
  return payloads?.length ?? 1;
}
