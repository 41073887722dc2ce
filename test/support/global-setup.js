const { join } = require('node:path');
const buildSetup = require('./build-setup');
const { runScript } = require('./run-script');
const { startTemporalServer } = require('./temporal-server');

/**
 * Jest's global setup for tests that need a Temporal server: the build, then one server for the whole run, shared by
 * all test files; and the time-skipping server's program. Publishes TEMPORAL_ADDRESS (host:port), TEMPORAL_CLI_PATH and
 * TEMPORAL_TEST_SERVER_PATH to the tests.
 */
module.exports = async function globalSetup() {
  await buildSetup();
  const cli = await runScript('temporal-cli.mjs');
  const server = await startTemporalServer(cli, searchAttributeArgs());
  globalThis.__convokeTemporalServer = server;
  process.env.TEMPORAL_CLI_PATH = cli;
  process.env.TEMPORAL_ADDRESS = server.address;
  // Its one test file fails without it; the others need not.
  await runScript('temporal-test-server.mjs').then(
    (path) => (process.env.TEMPORAL_TEST_SERVER_PATH = path),
    () => undefined,
  );
};

/** For the namespace `default`; test/support/temporal.ts registers them in the namespaces that it creates. */
function searchAttributeArgs() {
  const { SEARCH_ATTRIBUTES } = require(join(__dirname, '../../lib/src/contract/search-attributes.js'));
  const toFlag = ({ name, type }) => `${name}=${type[0]}${type.slice(1).toLowerCase()}`;
  return Object.values(SEARCH_ATTRIBUTES).flatMap((attribute) => ['--search-attribute', toFlag(attribute)]);
}
