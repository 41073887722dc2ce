/** `npm run demo`, `npm start`, `npm run convoke` and `npm test`: prepares whatever is missing, then runs the command. */
import { checkNodeVersion } from './lib/node-version.mjs';

checkNodeVersion();
// Imported only now: an old Node cannot even parse these.
import('./lib/setup-error.mjs').then(({ reportAndFail }) => {
  return import('./lib/commands.mjs')
    .then(({ runCommand }) => runCommand(process.argv.slice(2)))
    .then((status) => (process.exitCode = status))
    .catch(reportAndFail);
});
