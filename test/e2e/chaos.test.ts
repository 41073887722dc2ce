import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(__dirname, '../../lib/chaos/main.js');

/** A short one: long ones are for nights and for whoever changes what is written, and when. */
test('changes, faults and kills of one seed: calendar, mails and answers are what Docebo asks for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'convoke-chaos-test-'));
  const counted = join(folder, 'counts.json');
  const { code, output } = await play(['--seed', '4', '--rounds', '10', '--every', '10', '--json', counted]);

  // The whole output tells what was violated.
  expect(code === 0 ? '' : output).toBe('');
  expect(output).toMatch(/^10 rounds in [\d.]+ minutes, 2 checks: no rule violated$/m);
  const counts = JSON.parse(readFileSync(counted, 'utf8')) as Record<string, number>;
  const sum = (prefix: string): number =>
    Object.entries(counts).reduce((all, [name, n]) => (name.startsWith(prefix) ? all + n : all), 0);
  expect(sum('change: ')).toBeGreaterThan(10);
  expect(sum('kill: ')).toBeGreaterThan(0);
  expect(sum('fault: ')).toBeGreaterThan(0);
  expect(counts.mails).toBeGreaterThan(0);
  rmSync(folder, { recursive: true, force: true });
});

function play(args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }> {
  const { TEMPORAL_ADDRESS: _ofTheRun, ...env } = process.env;
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}
