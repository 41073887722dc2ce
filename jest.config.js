/**
 * Layers are projects, cheap first. Jest runs a project's global setup only when some selected test belongs to that
 * project: unit tests start neither a build nor a server.
 */
const toCommonJs = [
  '@swc/jest',
  {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022', keepClassNames: true },
    module: { type: 'commonjs' },
  },
];
const common = {
  testEnvironment: 'node',
  // `cookie`, which Fastify's `inject` requires, and `jose` ship as ES modules alone: Node loads those from 20.19 on, jest does not.
  transform: { '^.+\\.ts$': toCommonJs, '/node_modules/(cookie|jose)/.+\\.js$': toCommonJs },
  transformIgnorePatterns: ['/node_modules/(?!(cookie|jose)/)'],
  moduleFileExtensions: ['ts', 'js', 'json'],
};
/** A fresh lib/: the compiled product and the workflow bundle. */
const needsBuild = { globalSetup: '<rootDir>/test/support/build-setup.js' };
/** The build, and one real Temporal server for the whole run (test/support/temporal.ts connects to it). */
const needsTemporal = {
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
};
/** A browser on this machine or from npm (test/support/browser.ts launches it). */
const needsBrowser = { globalSetup: '<rootDir>/test/support/browser-setup.js' };
const layer = (name, extra = {}) => ({
  ...common,
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  ...extra,
});

module.exports = {
  // Many tests wait for processes and timers: more workers than a small machine's cores keep those busy.
  maxWorkers: 4,
  testSequencer: '<rootDir>/test/support/longest-first.js',
  // Far beyond what any test needs: it ends what hangs, and judges no machine.
  testTimeout: 240_000,
  projects: [
    layer('unit'),
    layer('simulators'),
    layer('contract'),
    layer('api'),
    layer('workflow', needsTemporal),
    layer('replay', needsBuild),
    layer('e2e', needsTemporal),
    layer('pages', needsBrowser),
  ],
};
