import { Metrics } from '../../../../src/app/telemetry/metrics';
import { serveMetrics } from '../../../../src/app/telemetry/metrics-server';
import { openTelemetry } from '../../../../src/app/telemetry/telemetry';

const HERE = { host: '127.0.0.1', port: 0, setting: 'metrics.workerPort' };
const closers: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(closers.splice(0).map((close) => close())));

async function served(metrics = new Metrics('worker')): Promise<number> {
  const server = await serveMetrics(metrics, HERE);
  closers.push(() => server.close());
  return server.port;
}

describe('the address for metrics', () => {
  it('answers GET /metrics, and nothing else', async () => {
    const metrics = new Metrics('worker');
    metrics.set('failing', {}, 2);
    const base = `http://127.0.0.1:${await served(metrics)}`;

    const answer = await fetch(`${base}/metrics`);

    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await answer.text()).toContain('convoke_failing_causes 2');
    expect((await fetch(`${base}/`)).status).toBe(404);
    expect((await fetch(`${base}/metrics`, { method: 'POST' })).status).toBe(404);
  });

  it('names the setting when another program has the port', async () => {
    const port = await served();

    const second = serveMetrics(new Metrics('worker'), { ...HERE, port }, { retries: 1, retryMs: 1 });

    await expect(second).rejects.toMatchObject({
      code: 'CONFIG_METRICS',
      message: expect.stringContaining(
        `metrics.workerPort: another program listens on 127.0.0.1:${port}; end it, or choose another port`,
      ) as string,
    });
  });

  it('is waited for while a former process ends', async () => {
    const first = await serveMetrics(new Metrics('worker'), HERE);
    setTimeout(() => void first.close(), 30);

    const second = await serveMetrics(
      new Metrics('worker'),
      { ...HERE, port: first.port },
      { retries: 1_000, retryMs: 10 },
    );
    closers.push(() => second.close());

    expect(second.port).toBe(first.port);
  });

  it('names the setting when the host is not of this machine', async () => {
    await expect(serveMetrics(new Metrics('worker'), { ...HERE, host: '192.0.2.1' })).rejects.toThrow(
      /192\.0\.2\.1 is no address of this machine; write 127\.0\.0\.1, 0\.0\.0\.0 or one of its own in metrics\.host/,
    );
  });

  it('is nowhere by default', async () => {
    const telemetry = await openTelemetry({ metrics: { host: '127.0.0.1', apiPort: null, workerPort: null } }, 'api');

    expect(telemetry.isServed).toBe(false);
    await telemetry.close();
  });
});
