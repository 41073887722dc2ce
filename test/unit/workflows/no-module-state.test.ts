import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = join(__dirname, '../../../src');
/** What the bundle of the workflows is made of: evaluated once, and shared by all workflows of a worker (scripts/lib/workflow-bundle.mjs). */
const ROOMS = ['workflows', 'contract', 'domain'];

const files = ROOMS.flatMap((room) =>
  readdirSync(join(SOURCES, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${room}/${file}`),
);

test.each(files)('%s keeps nothing that one workflow could leave to another', (file) => {
  const kept = readFileSync(join(SOURCES, file), 'utf8')
    .split('\n')
    .filter((line) =>
      /^(export )?(let|var) |^(export )?const .* = (new (Weak)?(Map|Set)(<.*>)?\(\)|\[\]|\{\});$/.test(line),
    );

  expect(kept).toEqual([]);
});
