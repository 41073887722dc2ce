/** `npm run build`: makes lib/. With --allow-type-errors it goes on where the compiler complains (the tests use that). */
import { checkNodeVersion } from './lib/node-version.mjs';
import { build } from './lib/build.mjs';
import { printLine } from './lib/progress.mjs';
import { reportAndFail } from './lib/setup-error.mjs';

checkNodeVersion();
build({
  log: (text) => printLine(`build: ${text}`),
  allowTypeErrors: process.argv.includes('--allow-type-errors'),
}).catch(reportAndFail);
