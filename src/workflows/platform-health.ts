import {
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import { QUERIES, SIGNALS } from '../contract/messages';
import type { PlatformHealthInput, PlatformHealthState, PlatformReport } from '../contract/messages';
import { describePlatformHealth } from './describe-platform-health';
import { foldPlatformReport, freshPlatformHealth } from './fold-platform-report';
import { receiveRenewal, rollOverAsked } from './roll-over';

/** An idle run is rolled over, so that old code can retire. */
const IDLE_ROLL_OVER = '30 days';

export const report = defineSignal<[PlatformReport]>(SIGNALS.report);
export const health = defineQuery<PlatformHealthState>(QUERIES.health);

/**
 * What the ingress saw of one Docebo platform, for its operator: it never ends and calls nobody. Everything happens in the handler, so that
 * a roll-over between two signals loses nothing.
 */
export async function platformHealth(input: PlatformHealthInput): Promise<void> {
  let state = input.state ?? freshPlatformHealth(input.platform);
  setHandler(
    report,
    (received) => {
      state = foldPlatformReport(state, received);
      setCurrentDetails(describePlatformHealth(state));
    },
    { description: 'What the ingress saw: webhooks, failed authentication, unknown events, foreign domains.' },
  );
  setHandler(health, () => state, { description: 'Counts and shapes: keys of messages, never values.' });
  setCurrentDetails(describePlatformHealth(state));
  const renewalAsked = receiveRenewal();

  await condition(() => rollOverAsked() || renewalAsked(), IDLE_ROLL_OVER);
  await continueAsNew<typeof platformHealth>({ ...input, state });
}
