import { UpstreamError } from '../../src/domain/errors';
import type { HintBatch } from '../../src/domain/hints';
import type { PlatformKey } from '../../src/domain/model';
import type { SessionHints } from '../../src/domain/ports';
import { targetWorkflowId } from '../../src/contract/ids';

export interface HintCall {
  readonly platform: PlatformKey;
  readonly batch: HintBatch;
  readonly deadlineMs: number;
  readonly workflowId: string;
}

type Behaviour = (call: HintCall) => Promise<void>;

/** Remembers what was handed over; by default it is stored at once. */
export class FakeSessionHints implements SessionHints {
  readonly calls: HintCall[] = [];
  readonly stored: HintCall[] = [];
  private behaviour: Behaviour = async () => {};

  async hint(input: { platform: PlatformKey; batch: HintBatch; deadlineMs: number }): Promise<void> {
    const call = { ...input, workflowId: targetWorkflowId(input.platform, input.batch.target) };
    this.calls.push(call);
    await this.behaviour(call);
    this.stored.push(call);
  }

  behave(behaviour: Behaviour): void {
    this.behaviour = behaviour;
  }

  /** Temporal does not store what is meant for these workflows; without ids, for any. */
  failFor(workflowIds?: readonly string[], code = 'TEMPORAL_UNAVAILABLE'): void {
    this.behaviour = async ({ workflowId }) => {
      if (workflowIds === undefined || workflowIds.includes(workflowId)) {
        throw new UpstreamError('Temporal did not take the signal', { code });
      }
    };
  }

  /** No answer ever comes, whatever the deadline. */
  hang(): void {
    this.behaviour = () => new Promise(() => {});
  }
}
