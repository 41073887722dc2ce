const { runScript } = require('./run-script');

/**
 * Jest's global setup for tests that use lib/. Type errors are reported but do not stop the tests: `npm run typecheck`
 * and `npm run build` refuse them.
 */
module.exports = async function buildSetup() {
  await runScript('build.mjs', ['--allow-type-errors']);
};
