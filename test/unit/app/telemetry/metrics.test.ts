import { METRICS } from '../../../../src/app/telemetry/metric-list';
import { Metrics } from '../../../../src/app/telemetry/metrics';

/** Lines of one metric, without its help. */
const linesOf = async (metrics: Metrics, name: string): Promise<string[]> =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(name));

describe('metrics', () => {
  it('count, set and observe under their names', async () => {
    const metrics = new Metrics('worker');

    metrics.count('peopleMailed', { mailbox: 'training', mail: 'update' }, 3);
    metrics.count('peopleMailed', { mailbox: 'training', mail: 'update' });
    metrics.count('peopleMailed', { mailbox: 'training', mail: 'cancellation' }, 0);
    metrics.set('sweepFinished', { platform: 'academy' }, 0);
    metrics.observe('callSeconds', { system: 'graph', target: 'training' }, 0.2);

    expect(await linesOf(metrics, 'convoke_people_mailed_total')).toEqual([
      'convoke_people_mailed_total{mailbox="training",mail="update"} 4',
    ]);
    expect(await linesOf(metrics, 'convoke_sweep_finished')).toEqual(['convoke_sweep_finished{platform="academy"} 0']);
    expect(await linesOf(metrics, 'convoke_call_duration_seconds_bucket')).toContain(
      'convoke_call_duration_seconds_bucket{le="0.25",system="graph",target="training"} 1',
    );
  });

  it('are those of their process alone', async () => {
    const api = new Metrics('api');

    api.count('peopleMailed', { mailbox: 'training', mail: 'update' });

    expect(await api.text()).not.toContain('people_mailed');
    expect(api.names()).toContain('convoke_webhook_duration_seconds');
    expect(new Metrics('worker').names()).not.toContain('convoke_webhook_duration_seconds');
  });

  it('never become no number', async () => {
    const metrics = new Metrics('worker');

    metrics.set('sweepFinished', { platform: 'academy' }, Number.NaN);

    expect(await linesOf(metrics, 'convoke_sweep_finished')).toEqual([]);
  });

  it('are looked at anew by each scrape; a look that fails and a source that is away take nothing else with them', async () => {
    const metrics = new Metrics('worker');
    let looks = 0;
    metrics.beforeScrape(() => metrics.set('failing', {}, ++looks));
    metrics.beforeScrape(() => Promise.reject(new Error('Temporal is away')));
    metrics.append(() => Promise.resolve('temporal_request_total 7\n'));
    metrics.append(() => Promise.reject(new Error('the core is away')));

    await metrics.text();
    const text = await metrics.text();

    expect(text).toContain('convoke_failing_causes 2');
    expect(text).toContain('temporal_request_total 7');
  });
});

describe('the list of metrics', () => {
  const all = Object.values(METRICS);

  it.each(all.map((metric) => [metric.name, metric] as const))(
    '%s is named as Prometheus wants it',
    (name, { type }) => {
      expect(name).toMatch(/^convoke_[a-z]+(_[a-z]+)*$/);
      expect(name.endsWith('_total')).toBe(type === 'counter');
    },
  );

  it('has no label that could hold an id', () => {
    const labels = new Set(all.flatMap(({ labels: of }) => [...of] as string[]));

    expect([...labels].sort()).toEqual(
      [
        ...['activity', 'became', 'build', 'code', 'did', 'kind', 'mail', 'mailbox', 'news', 'outcome', 'platform'],
        ...['position', 'process', 'reason', 'status', 'step', 'system', 'target', 'version'],
      ].sort(),
    );
  });
});
