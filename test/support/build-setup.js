const { runScript } = require('./run-script');

/** Two layers' setups may ask in one run: once is enough. */
let built;

/**
 * Jest's global setup for tests that use lib/. Type errors are reported but do not stop the tests: `npm run typecheck`
 * and `npm run build` refuse them.
 */
module.exports = async function buildSetup() {
  built ??= runScript('build.mjs', ['--allow-type-errors']);
  await built;
};
