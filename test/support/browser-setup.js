const { execFile } = require('node:child_process');
const { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { delimiter, join, resolve: resolvePath } = require('node:path');

const ROOT = resolvePath(__dirname, '../..');

/**
 * Jest's global setup for tests in a browser: finds one and tells the tests by the variable TEST_BROWSER, as JSON of
 * `{ executablePath, args, env }`. In this order: CHROMIUM_PATH; `chromium` on PATH; the one that npm brings.
 */
module.exports = async function browserSetup() {
  process.env.TEST_BROWSER ??= JSON.stringify(await findBrowser());
};

async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH is ${named}, but there is no such file`);
    return ofThisMachine(named);
  }
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = folders.map((folder) => join(folder, 'chromium')).find((path) => existsSync(path));
  return found === undefined ? ofNpm() : ofThisMachine(found);
}

/** Root, as in most containers, gets no sandbox from Chromium. */
function ofThisMachine(executablePath) {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { executablePath, args, env: {} };
}

/**
 * The package unpacks a browser into the temporary folder, and takes whatever is called `chromium` there for its own: it
 * gets a folder to itself, which stays for the next run. It is told that it runs on Lambda, for then it brings the libraries that a bare
 * machine lacks.
 */
async function ofNpm() {
  const { version } = require(join(ROOT, 'node_modules/@sparticuz/chromium/package.json'));
  const home = join(ROOT, '.cache', `chromium-${version}`);
  if (!existsSync(home)) {
    const unfinished = `${home}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    try {
      await askPackage(unfinished);
      renameSync(unfinished, home);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      // Another run may have been faster.
      if (!existsSync(home)) throw error;
    }
  }
  const { executablePath, env } = await askPackage(home);
  const fonts = join(home, 'fonts.conf');
  writeFileSync(fonts, fontsConf(home));
  // The package's own arguments put everything into one process, which dies with the first page that is closed.
  return { executablePath, args: ['--no-sandbox'], env: { ...env, FONTCONFIG_FILE: fonts } };
}

/** The package's own file looks for fonts where Lambda has them; this Chromium ends when it finds none. */
function fontsConf(home) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

const ASK = `
const before = { ...process.env };
import('@sparticuz/chromium').then(async ({ default: chromium }) => {
  const executablePath = await chromium.executablePath();
  const env = Object.fromEntries(Object.entries(process.env).filter(([name, value]) => before[name] !== value));
  console.log(JSON.stringify({ executablePath, env }));
});
`;

/** A process of its own: the package changes the environment when it is loaded. */
function askPackage(home) {
  const env = { ...process.env, TMPDIR: home, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['-e', ASK], { cwd: ROOT, env }, (error, stdout, stderr) => {
      if (error === null) return resolve(JSON.parse(stdout));
      reject(new Error(`no browser for the pages: set CHROMIUM_PATH. npm's @sparticuz/chromium failed:\n${stderr}`));
    });
  });
}
