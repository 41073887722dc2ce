import { parseArgs } from 'node:util';

/** In the order in which they run: what is counted comes first. */
export const SECTIONS = ['frugality', 'quota', 'ingress', 'burst', 'e2e', 'scale'] as const;
export type SectionName = (typeof SECTIONS)[number];

export interface BenchOptions {
  readonly sections: readonly SectionName[];
  /** Where the figures go as JSON; null: nowhere. */
  readonly json: string | null;
  /** Fewer rounds and smaller sizes. */
  readonly quick: boolean;
  /** Ends with 0 though an aim is missed. */
  readonly noFail: boolean;
  /** Folder for CPU profiles of api and worker; null: none are taken. */
  readonly profile: string | null;
}

export const USAGE = `npm run bench                                    measures Convoke against limits and rivals; ends with 1 when an aim is missed
npm run bench -- --section frugality,quota       some sections alone

  --section A,B    of ${SECTIONS.join(', ')}
  --quick          fewer rounds and smaller sizes
  --json FILE      writes [{ section, figure, value, unit, aim, against, ok }] there
  --profile DIR    CPU profiles of api and worker, written there when they stop
  --no-fail        ends with 0 all the same
  --help           this text`;

/** null: the person asked for help. @throws Error for options that make no sense. */
export function readOptions(argv: readonly string[]): BenchOptions | null {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      section: { ...text, multiple: true },
      json: text,
      profile: text,
      quick: flag,
      'no-fail': flag,
      help: flag,
    },
  });
  if (values.help) return null;
  const { json = null, profile = null, quick } = values;
  return { sections: toSections(values.section), json, profile, quick, noFail: values['no-fail'] };
}

function toSections(given: readonly string[] | undefined): readonly SectionName[] {
  if (given === undefined) return SECTIONS;
  const wanted = given.flatMap((names) => names.split(',')).map((name) => name.trim());
  const unknown = wanted.filter((name) => !SECTIONS.some((section) => section === name));
  if (unknown.length > 0)
    throw new Error(`--section: there is no "${unknown.join('", "')}"; there are ${SECTIONS.join(', ')}`);
  return SECTIONS.filter((section) => wanted.includes(section));
}
