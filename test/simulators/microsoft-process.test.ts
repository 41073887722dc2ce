import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Starts main.ts as a process of its own, transpiled on the fly. */
function start(environment: Record<string, string>, ...args: string[]) {
  const run = `require('@swc/core');
    const { transformSync } = require('@swc/core');
    require.extensions['.ts'] = (module, file) => module._compile(transformSync(require('fs').readFileSync(file, 'utf8'), {
      filename: file, jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }).code, file);
    require('./simulators/microsoft/main.ts');`;
  return spawn(process.execPath, ['-e', run, '--', ...args], { env: { ...process.env, ...environment } });
}

describe('the simulator as a process', () => {
  test('prints its address when it listens, serves, and stops on SIGTERM', async () => {
    const child = start({ MICROSOFT_SIM_PORT: '0' });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];

    const address = /^microsoft simulator listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(line)?.[1] ?? '';
    expect((await fetch(`${address}/__control/mailboxes`)).status).toBe(200);

    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('refuses a port that is none, and says how to set it', async () => {
    const child = start({ MICROSOFT_SIM_PORT: 'http' });
    const [error] = (await once(child.stderr, 'data')) as [Buffer];

    expect(error.toString()).toContain("port 'http' is no port");
    expect(await once(child, 'exit')).toEqual([1, null]);
  });
});
