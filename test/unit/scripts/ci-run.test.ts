import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { ScratchFolder } from '../../support/scratch-folder';

let folder: ScratchFolder;

beforeEach(() => {
  folder = new ScratchFolder();
  cpSync(join(__dirname, '../../../.ci/run'), folder.at('.ci/run'), { recursive: true });
});

afterEach(() => folder.remove());

/** Runs it with an npm that notes how it was called and then does what the case says: `lint) exit 1 ;;`. */
function run(cases: string): { status: number | null; lines: string[] } {
  folder.writeProgram(
    'bin/npm',
    `echo "npm $*"\ncase "\${2:-$1}" in\n${cases}\ntest) echo "12 passed, 0 failed" ;;\nesac`,
  );
  const env = { PATH: `${folder.at('bin')}:/usr/bin:/bin` };
  const { status, stdout } = spawnSync('bash', [folder.at('.ci/run')], { env, encoding: 'utf8' });
  return { status, lines: stdout.trim().split('\n') };
}

describe('.ci/run', () => {
  it("prepares, then runs the cheap checks, then the README's test command, and ends with its counts", () => {
    const { status, lines } = run('');

    expect(lines.filter((line) => line.startsWith('npm '))).toEqual([
      'npm run setup',
      'npm run format:check',
      'npm run typecheck',
      'npm run lint',
      'npm test',
    ]);
    expect(lines.at(-1)).toBe('12 passed, 0 failed');
    expect(status).toBe(0);
  });

  it('counts and names a check that fails, and still runs the tests', () => {
    const { status, lines } = run('lint) exit 1 ;;');

    expect(lines.slice(-2)).toEqual(['failed step: lint', '12 passed, 1 failed']);
    expect(status).toBe(1);
  });

  it('does not count failed tests twice', () => {
    const { status, lines } = run('test) echo "10 passed, 2 failed"; exit 1 ;;');

    expect(lines.slice(-2)).toEqual(['failed step: tests', '10 passed, 2 failed']);
    expect(status).toBe(1);
  });

  it('fails when the test command breaks off without counting', () => {
    const { status, lines } = run('test) exit 1 ;;');

    expect(lines.slice(-2)).toEqual(['failed step: tests', '0 passed, 1 failed']);
    expect(status).toBe(1);
  });
});
