/** Layers are projects, cheap first. Tests that need the real Temporal server share one (test/support/temporal-setup.ts). */
const common = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022', keepClassNames: true },
        module: { type: 'commonjs' },
      },
    ],
  },
  moduleFileExtensions: ['ts', 'js', 'json'],
};
const layer = (name, extra = {}) => ({
  ...common,
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  ...extra,
});

module.exports = {
  maxWorkers: 2,
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
  testTimeout: 60_000,
  projects: [
    layer('unit'),
    layer('simulators'),
    layer('contract'),
    layer('api'),
    layer('workflow'),
    layer('replay'),
    layer('e2e'),
    layer('pages'),
  ],
};
