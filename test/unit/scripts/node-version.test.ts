import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const MODULE = pathToFileURL(join(__dirname, '../../../scripts/lib/node-version.mjs')).href;

function checkAs(version: string) {
  const script = `
    Object.defineProperty(process, 'versions', { value: { node: '${version}' } });
    import('${MODULE}').then((module) => module.checkNodeVersion()).then(() => console.log('goes on'));`;
  return spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
}

describe('the version of Node', () => {
  it.each(['18.20.4', '20.2.0'])('stops the command when it is %s, and says which is needed', (version) => {
    const { status, stdout, stderr } = checkAs(version);

    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(`Convoke needs Node 20.19 or newer; this is Node ${version} (${process.execPath}).`);
    expect(stderr).toContain('Install a current Node (https://nodejs.org) and run the command again.');
  });

  it.each(['20.19.0', '22.0.0'])('is good enough from %s on', (version) => {
    expect(checkAs(version)).toMatchObject({ status: 0, stdout: 'goes on\n' });
  });
});
