const { join, relative } = require('node:path');
const Sequencer = require('@jest/test-sequencer').default;

/**
 * Jest starts long test files first once it has seen them run; a clean clone has seen nothing, and a file of two minutes that is started last
 * keeps one core busy and lets the others idle. Here is what is known to be long, the longest first.
 */
const LONG = [
  'e2e/demo-scripted',
  'e2e/several-workers',
  'e2e/key-rotation',
  'e2e/key-dropped',
  'workflow/course-session',
  'e2e/kills',
  'workflow/recorded-other-histories',
  'e2e/change-notifications',
  'e2e/scheduled',
  'workflow/recorded-histories',
  'e2e/privacy',
  'e2e/cli',
  'e2e/journeys',
  'e2e/chaos',
].map((name) => `${name}.test.ts`);
/** All others: those that wait for processes before those that keep a core busy by themselves. */
const LAYERS = ['e2e', 'workflow', 'pages', 'replay', 'contract', 'api', 'simulators', 'unit'];
const TESTS = join(__dirname, '..');

function rank(path) {
  const name = relative(TESTS, path);
  const place = LONG.indexOf(name);
  if (place >= 0) return place;
  const layer = LAYERS.indexOf(name.split(/[\\/]/)[0]);
  return LONG.length + (layer < 0 ? LAYERS.length : layer);
}

module.exports = class LongestFirst extends Sequencer {
  static LONG = LONG;

  sort(tests) {
    // Stable: within a rank the order is jest's.
    return super.sort(tests).sort((a, b) => rank(a.path) - rank(b.path));
  }
};
