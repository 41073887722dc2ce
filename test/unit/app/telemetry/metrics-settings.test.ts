import { configure, problemsOf, yamlWith } from '../some-configuration';

describe('where metrics are served', () => {
  it('is nowhere, unless a port is named', () => {
    expect(configure().config.metrics).toEqual({ host: '127.0.0.1', apiPort: null, workerPort: null });
  });

  it('is as convoke.yaml says, and as the environment says before it', () => {
    const yaml = yamlWith({ metrics: { host: '10.0.0.5', apiPort: 9464, workerPort: 9465 } });

    expect(configure({ yaml }).config.metrics).toEqual({ host: '10.0.0.5', apiPort: 9464, workerPort: 9465 });
    const env = {
      CONVOKE_METRICS_HOST: '0.0.0.0',
      CONVOKE_METRICS_API_PORT: '1',
      CONVOKE_METRICS_WORKER_PORT: '2',
    };
    expect(configure({ yaml, env }).config.metrics).toEqual({ host: '0.0.0.0', apiPort: 1, workerPort: 2 });
  });

  it('is not one port for both', () => {
    const problem = /workerPort: is 9464 for the api and for the worker; write another port for one of them/;
    const env = { CONVOKE_METRICS_API_PORT: '9464', CONVOKE_METRICS_WORKER_PORT: '9464' };

    expect(problemsOf({ yaml: yamlWith({ metrics: { apiPort: 9464, workerPort: 9464 } }) })).toEqual([
      expect.stringMatching(problem),
    ]);
    expect(problemsOf({ env })).toEqual([expect.stringMatching(problem)]);
  });
});
