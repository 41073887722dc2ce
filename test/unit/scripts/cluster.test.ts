import { existsSync, readdirSync } from 'node:fs';
import { callModule } from '../../support/call-module';
import { ScratchFolder } from '../../support/scratch-folder';

let folder: ScratchFolder;
beforeEach(() => {
  folder = new ScratchFolder();
});
afterEach(() => folder.remove());

describe('the Temporal server for verify:cluster', () => {
  const ensure = (env: Record<string, string>) =>
    callModule('lib/cluster/temporal-server.mjs', 'ensureTemporalServer', [
      { version: '1.32.0', env, cacheDir: folder.at('cache') },
    ]);

  it('says what it needs where there is no Go', async () => {
    const { error } = await ensure({ PATH: folder.at('bin') });

    expect(error).toMatch(/needs Go 1\.26 or later .*temporal-server and temporal-sql-tool of version 1\.32\.0/s);
  });

  it('is built by Go once, and kept under the names of the images', async () => {
    folder.writeProgram('bin/go', 'for p in server sql; do echo "$2 $3" > "$GOBIN/$p"; done');
    const PATH = `${folder.at('bin')}:/usr/bin:/bin`;
    const { value } = await ensure({ PATH });

    expect(value).toBe(folder.at('cache/temporal-server/1.32.0'));
    expect(readdirSync(folder.at('cache/temporal-server/1.32.0')).sort()).toEqual([
      'temporal-server',
      'temporal-sql-tool',
    ]);
    expect((await ensure({ PATH: '' })).value).toBe(value);
  });

  it('leaves nothing half built', async () => {
    folder.writeProgram('bin/go', 'touch "$GOBIN/server"; echo "no network" >&2; exit 1');
    const { error } = await ensure({ PATH: `${folder.at('bin')}:/usr/bin:/bin` });

    expect(error).toContain('no network');
    expect(existsSync(folder.at('cache/temporal-server/1.32.0'))).toBe(false);
  });
});

describe('the cluster of verify:cluster', () => {
  it('is of the version that the containers have', async () => {
    const file = folder.write(
      'compose.yml',
      'services:\n  temporal:\n    image: temporalio/server:1.40.2\n    environment: {}\n',
    );
    const newer = await callModule('lib/cluster/compose-file.mjs', 'readComposeFile', [file]);
    const without = await callModule('lib/cluster/compose-file.mjs', 'readComposeFile', [
      folder.write('other.yml', 'services:\n  temporal:\n    image: temporalio/server:latest\n'),
    ]);

    expect(newer.value).toEqual({ temporalVersion: '1.40.2' });
    expect(without.error).toContain('names no version');
  });
});
