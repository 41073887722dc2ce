import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Figure } from './figure';
import { describeMachine } from './machine';
import { readOptions, USAGE } from './options';
import { showProfiles } from './profile/show-profiles';
import { toSummary, toTable } from './report';
import { SECTION_OF } from './sections';

const say = (line: string): void => console.log(line);

/** Answers the exit status. */
async function main(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (options === null) {
    say(USAGE);
    return 0;
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
  const folder = mkdtempSync(join(tmpdir(), 'convoke-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const profile = options.profile === null ? null : resolve(options.profile);
  const figures: Figure[] = [];
  say(describeMachine());
  for (const section of options.sections) {
    const startedAt = Date.now();
    say(`${section} ...`);
    figures.push(...(await SECTION_OF[section]({ ...options, folder, profile, say })));
    say(`${section}: ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
    // After each section: what was measured is kept should a later one fail.
    if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(figures, null, 1)}\n`);
  }
  if (profile !== null) for (const line of showProfiles(profile)) say(line);
  for (const line of ['', ...toTable(figures), '', toSummary(figures), describeMachine()]) say(line);
  return options.noFail || figures.every(({ ok }) => ok !== false) ? 0 : 1;
}

main(process.argv.slice(2))
  .then((status) => process.exit(status))
  .catch((error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exit(1);
  });
