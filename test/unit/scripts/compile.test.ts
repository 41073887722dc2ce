import { existsSync, readFileSync, rmSync } from 'node:fs';
import { callModule, type CallResult } from '../../support/call-module';
import { ScratchFolder } from '../../support/scratch-folder';

let folder: ScratchFolder;

beforeEach(() => {
  folder = new ScratchFolder();
  folder.write('package-lock.json', '{}');
  folder.write(
    'tsconfig.json',
    JSON.stringify({
      compilerOptions: {
        strict: true,
        types: [],
        lib: ['es5'],
        skipLibCheck: true,
        rootDir: '.',
        outDir: 'lib',
        incremental: true,
        tsBuildInfoFile: 'lib/.tsbuildinfo',
      },
      include: ['src/**/*.ts'],
    }),
  );
  folder.write('src/one.ts', 'export const one: number = 1;\n');
  folder.write('src/page.css', 'body { margin: 0 }\n');
});

afterEach(() => folder.remove());

function compile(options: { allowTypeErrors?: boolean } = {}): Promise<CallResult> {
  return callModule('lib/compile.mjs', 'compile', [{ root: folder.path, ...options }]);
}

describe('the build', () => {
  it('compiles, brings along what stands beside the sources, and does nothing when nothing has changed', async () => {
    const first = await compile();
    const second = await compile();

    expect(first.log).toContain('compiling 2 files');
    expect(readFileSync(folder.at('lib/src/one.js'), 'utf8')).toContain('one = 1');
    expect(readFileSync(folder.at('lib/src/page.css'), 'utf8')).toBe('body { margin: 0 }\n');
    expect(second.log).toBe('compiled: up to date\n');
  });

  it('takes out what a renamed source has left', async () => {
    await compile();
    rmSync(folder.at('src/one.ts'));
    folder.write('src/two.ts', 'export const two: number = 2;\n');

    await compile();

    expect(existsSync(folder.at('lib/src/two.js'))).toBe(true);
    expect(existsSync(folder.at('lib/src/one.js'))).toBe(false);
  });

  it('writes again what somebody has removed from lib/', async () => {
    await compile();
    rmSync(folder.at('lib/src/one.js'));

    await compile();

    expect(existsSync(folder.at('lib/src/one.js'))).toBe(true);
  });

  it('fails on a type error, each time anew, and shows it', async () => {
    folder.write('src/one.ts', 'export const one: number = "1";\n');

    const results = [await compile(), await compile()];

    for (const { error, log } of results) {
      expect(error).toBe('The sources do not compile: see the errors above.');
      expect(log).toContain('src/one.ts(1,14): error TS2322');
    }
  });

  it('goes on after a type error when asked to, and says so', async () => {
    folder.write('src/one.ts', 'export const one: number = "1";\n');

    const { error, log } = await compile({ allowTypeErrors: true });

    expect(error).toBeUndefined();
    expect(log).toContain('compiled WITH TYPE ERRORS (above)');
    expect(readFileSync(folder.at('lib/src/one.js'), 'utf8')).toContain('one = "1"');
  });
});
