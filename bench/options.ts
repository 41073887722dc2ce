import { parseArgs } from 'node:util';

/** In the order in which they run: what is counted comes first. */
export const SECTIONS = ['frugality', 'quota', 'ingress', 'burst', 'e2e', 'scale'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** Where Temporal keeps what it was told. `file` is what `npm start` runs; `postgres` is a real server, as in docker-compose.yml. */
export const STORAGES = ['file', 'memory', 'postgres'] as const;
export type Storage = (typeof STORAGES)[number];

export interface BenchOptions {
  readonly sections: readonly SectionName[];
  /** What the section `ingress` is played on. */
  readonly storages: readonly Storage[];
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
  --storage A,B    of ${STORAGES.join(', ')}, for the section ingress
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
      storage: { ...text, multiple: true },
      json: text,
      profile: text,
      quick: flag,
      'no-fail': flag,
      help: flag,
    },
  });
  if (values.help) return null;
  const { json = null, profile = null, quick } = values;
  return {
    sections: toSome('section', SECTIONS, values.section),
    storages: toSome('storage', STORAGES, values.storage),
    ...{ json, profile, quick, noFail: values['no-fail'] },
  };
}

function toSome<T extends string>(
  option: string,
  all: readonly T[],
  given: readonly string[] | undefined,
): readonly T[] {
  if (given === undefined) return all;
  const wanted = given.flatMap((names) => names.split(',')).map((name) => name.trim());
  const unknown = wanted.filter((name) => !all.some((one) => one === name));
  if (unknown.length > 0)
    throw new Error(`--${option}: there is no "${unknown.join('", "')}"; there are ${all.join(', ')}`);
  return all.filter((one) => wanted.includes(one));
}
