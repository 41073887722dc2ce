import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const SKIPPED = ['node_modules', '.git', '.cache', '.convoke', 'lib', 'coverage'];
const documents = listDocuments(ROOT).map((path) => relative(ROOT, path));

function listDocuments(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.includes(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listDocuments(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** As a code host makes it from a heading. */
function anchorOf(heading: string): string {
  const words = heading.replace(/`/g, '').trim().toLowerCase();
  return words.replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-');
}

function anchorsOf(document: string): string[] {
  return [...read(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
}

describe.each(documents)('%s', (document) => {
  const text = read(document);

  it('has no broken links', () => {
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const local = targets.filter((target) => !/^[a-z]+:/.test(target));
    const broken = local.filter((target) => {
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? document : join(dirname(document), path);
      if (!existsSync(join(ROOT, file))) return true;
      return anchor !== undefined && !anchorsOf(file).includes(anchor);
    });

    expect(broken).toEqual([]);
  });

  it('names no file that is not there', () => {
    const named = [
      ...text.matchAll(/`((?:src|test|docs|scripts|simulators|demo|profiles|templates|deploy)\/[\w./-]*)`/g),
    ];
    const missing = named.map(([, path = '']) => path).filter((path) => !existsSync(join(ROOT, path)));

    expect(missing).toEqual([]);
  });

  it('names no npm command that is not there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    const run = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    const short = [...text.matchAll(/npm (test|start)\b/g)].map(([, name = '']) => name);

    expect([...run, ...short].filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  const text = read('docs/architecture.md');

  it('has the room table that lint enforces', () => {
    const [, source = ''] = /const ROOMS = (\{[^]*?\n\});/.exec(read('eslint.config.mjs')) ?? [];
    const rooms = [...source.matchAll(/^ {2}'?([\w.]+)'?: \[(.*)\],$/gm)].map(([, room, may = '']) => [
      room,
      [...may.matchAll(/'(\w+)'/g)].map(([, name]) => name),
    ]);
    const [, table = ''] = /\| room \| may import \|\n(.+\n)((?:\|.+\n)+)/.exec(text)?.slice(1) ?? [];
    const rows = [...table.matchAll(/^\| `([\w.]+)` \| (.+) \|$/gm)].map(([, room, may = '']) => [
      room,
      [...may.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    ]);

    expect(rooms.length).toBeGreaterThan(0);
    expect(rows).toEqual(rooms);
  });

  it('has every folder of its tree, and every room of src', () => {
    const [, tree = ''] = /```\n(src\/\n[^]*?)```/.exec(text) ?? [];
    const rooms = [...tree.matchAll(/^ {2}(\w+)\//gm)].map(([, room = '']) => room);
    const folders = [...tree.matchAll(/^(\w+)\//gm)].map(([, folder = '']) => folder);
    const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((f) =>
      f.endsWith('.ts'),
    );
    const present = [...new Set(files.filter((f) => f.includes('/')).map((f) => f.split('/')[0]))];

    expect([...rooms].sort()).toEqual(present.sort());
    for (const folder of folders) expect(existsSync(join(ROOT, folder))).toBe(true);
  });
});

describe('pictures', () => {
  it.each(readdirSync(join(ROOT, 'docs/images')))('%s is small, and the README shows it', (name) => {
    expect(statSync(join(ROOT, 'docs/images', name)).size).toBeLessThan(200_000);
    expect(read('README.md')).toContain(`(docs/images/${name})`);
  });
});
