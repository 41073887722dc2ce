// Also runs on a Node too old for the other scripts: old syntax only, and nothing imported from them.
import { readFileSync } from 'node:fs';

/** The version of Node that package.json asks for, as [major, minor]. */
function wantedVersion() {
  const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return engines.node.replace('>=', '').split('.').map(Number);
}

/** Ends the process with a clear message when this Node is too old. */
export function checkNodeVersion() {
  const wanted = wantedVersion();
  const have = process.versions.node.split('.').map(Number);
  if (have[0] > wanted[0] || (have[0] === wanted[0] && have[1] >= wanted[1])) return;
  console.error(
    'Convoke needs Node ' +
      wanted.join('.') +
      ' or newer; this is Node ' +
      process.versions.node +
      ' (' +
      process.execPath +
      ').\n' +
      'Install a current Node (https://nodejs.org) and run the command again.',
  );
  process.exit(1);
}
