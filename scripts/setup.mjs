/** `npm run setup`: npm packages, build and Temporal CLI, as the other commands prepare them, and no more. */
import { checkNodeVersion } from './lib/node-version.mjs';

checkNodeVersion();
import('./lib/setup-error.mjs').then(({ reportAndFail }) => {
  return import('./lib/prepare.mjs').then(({ prepare }) => prepare()).catch(reportAndFail);
});
