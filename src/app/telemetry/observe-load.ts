import type { Systems } from '../systems/systems';
import type { Metrics } from './metrics';

/** What is left of the limits of Docebo and Graph, looked at when it is asked for. */
export function observeLoad(metrics: Metrics, { load }: Pick<Systems, 'load'>): void {
  metrics.beforeScrape(() => {
    const { docebo, graph } = load();
    for (const [platform, { callsLeft, blockedMs }] of Object.entries(docebo)) {
      metrics.set('doceboBudget', { platform }, callsLeft);
      metrics.set('doceboBlocked', { platform }, blockedMs / 1_000);
    }
    for (const [mailbox, { inFlight, waiting, requestsLeft, pausedMs }] of Object.entries(graph)) {
      metrics.set('graphInFlight', { mailbox }, inFlight);
      metrics.set('graphWaiting', { mailbox }, waiting);
      metrics.set('graphLeft', { mailbox }, requestsLeft);
      metrics.set('graphPaused', { mailbox }, pausedMs / 1_000);
    }
  });
}
