const { spawn } = require('node:child_process');
const { join } = require('node:path');
const { createInterface } = require('node:readline');

/**
 * Starts a Temporal server under its keeper (temporal-keeper.mjs) and waits until it serves.
 * Answers `{ address, stop() }`; `stop` resolves when the server has ended and its data is removed.
 */
async function startTemporalServer(cli, args = []) {
  const keeper = spawn(process.execPath, [join(__dirname, 'temporal-keeper.mjs'), cli, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl-C must not take the server from under tests that are still closing their workers.
    detached: true,
  });
  const ended = new Promise((resolve) => keeper.once('close', resolve));
  const address = await Promise.race([firstLine(keeper.stdout), ended.then(() => undefined)]);
  if (!address) throw new Error('the Temporal server for the tests did not start: see its message above');
  // A run whose teardown never comes (a failed setup) may still end: the keeper sees it and ends as well.
  keeper.unref();
  return {
    address,
    async stop() {
      keeper.ref();
      keeper.stdin.end();
      await ended;
    },
  };
}

function firstLine(stream) {
  return new Promise((resolve) => createInterface({ input: stream }).once('line', resolve));
}

module.exports = { startTemporalServer };
