import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { ParsedNode } from 'yaml';

/** Where a setting stands: `['platforms', 'academy', 'rsvp']`, with numbers for places in lists. */
export type SettingPath = readonly (string | number)[];

export interface ParsedYaml {
  readonly data: unknown;
  /** `convoke.yaml line 12, platforms.academy.rsvp`; for a setting that is not there, the line of what should hold it. */
  readonly place: (path: SettingPath) => string;
  /** What is no YAML, each with its line. */
  readonly problems: readonly string[];
}

/** YAML 1.2, in which `on` and `no` are words; a key that comes twice is a mistake. */
export function parseYaml(text: string, fileName: string): ParsedYaml {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const at = (offset: number): string => `${fileName} line ${lineCounter.linePos(offset).line}`;
  const problems = [...document.errors, ...document.warnings].map(({ pos, message }) => `${at(pos[0])}: ${message}`);
  let data: unknown = null;
  try {
    if (problems.length === 0) data = document.toJS();
  } catch (error) {
    // Aliases are followed only here: one without its anchor, or so many that they fill the memory.
    const reason = error instanceof Error ? error.message : String(error);
    problems.push(`${fileName}: ${reason}; write the value itself in the place of the alias`);
  }
  return {
    data,
    place: (path) => `${at(offsetOf(document.contents, path))}${path.length === 0 ? '' : `, ${nameOf(path)}`}`,
    problems,
  };
}

/** `platforms.academy.routes[0].mailbox`. */
export function nameOf(path: SettingPath): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}

function offsetOf(root: ParsedNode | null, path: SettingPath): number {
  let node = root;
  let offset = root?.range[0] ?? 0;
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      if (pair === undefined) return offset;
      offset = pair.key.range[0];
      node = pair.value;
    } else if (isSeq(node)) {
      const item: ParsedNode | undefined = node.items[Number(part)];
      if (item === undefined) return offset;
      offset = item.range[0];
      node = item;
    }
  }
  return offset;
}
