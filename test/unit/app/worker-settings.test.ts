import { configure, problemsOf, yamlWith } from './some-configuration';

const workerOf = (worker: object, env = {}) => configure({ yaml: yamlWith({ worker }), env }).config.worker;

describe('the section worker', () => {
  it('is one worker without versions by default', () => {
    expect(configure().config.worker).toEqual({ replicas: 'one', takeOverMs: 10_000, versioning: null });
  });

  it('shares the queues among several', () => {
    expect(workerOf({ replicas: 'several', takeOver: '30s' })).toEqual({
      replicas: 'several',
      takeOverMs: 30_000,
      versioning: null,
    });
  });

  it.each(['4s', '301s'])('refuses to wait %s for an owner', (takeOver) => {
    expect(problemsOf({ yaml: yamlWith({ worker: { takeOver } }) })).toEqual([
      expect.stringMatching(new RegExp(`worker\\.takeOver: is ${takeOver}; write 5s to 5m`)),
    ]);
  });

  it('takes the build id from the environment before the file', () => {
    const versioning = { deployment: 'convoke', buildId: '0.1.0' };

    expect(workerOf({ versioning }).versioning).toEqual(versioning);
    expect(workerOf({ versioning }, { CONVOKE_BUILD_ID: '0.2.0' }).versioning?.buildId).toBe('0.2.0');
  });

  it('says that versions run side by side only among several workers', () => {
    const versioning = { deployment: 'convoke', buildId: '0.1.0' };
    const noticesOf = (worker: object) =>
      configure({ yaml: yamlWith({ worker }) }).config.notices.filter((notice) => notice.startsWith('worker'));

    expect(noticesOf({ versioning })).toEqual([expect.stringMatching(/^worker\.versioning .* Set several\.$/)]);
    expect(noticesOf({ versioning, replicas: 'several' })).toEqual([]);
  });

  it('needs both halves of a version, in the form that Temporal takes', () => {
    expect(problemsOf({ yaml: yamlWith({ worker: { versioning: { deployment: 'convoke' } } }) })).toEqual([
      expect.stringMatching(/worker\.versioning: buildId is missing; .*CONVOKE_BUILD_ID/),
    ]);
    expect(problemsOf({ env: { CONVOKE_BUILD_ID: '0.2.0' } })).toEqual([
      expect.stringMatching(/^CONVOKE_BUILD_ID: is set, but worker\.versioning\.deployment/),
    ]);
    const versioning = { deployment: 'con.voke', buildId: 'a b' };
    expect(problemsOf({ yaml: yamlWith({ worker: { versioning } }) })).toEqual([
      expect.stringMatching(/worker\.versioning\.deployment: is "con\.voke"/),
      expect.stringMatching(/worker\.versioning\.buildId: is "a b"/),
    ]);
  });
});
