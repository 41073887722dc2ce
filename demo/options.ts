import { parseArgs } from 'node:util';

export interface DemoOptions {
  readonly scripted: boolean;
  readonly keep: boolean;
  readonly verbose: boolean;
  /** null: the mode's own. */
  readonly folder: string | null;
  /** null: the mode's own; 0: any. */
  readonly portBase: number | null;
  /** A program that runs Convoke in another way than its own supervisor does, and tells of it in the same file; null: the own one. */
  readonly supervisor: string | null;
}

export const USAGE = `npm run demo              Convoke between a simulated Docebo and a simulated Outlook, to click through
npm run demo -- --scripted   plays a day in the academy, checks calendar and mails after each step, and ends

  --keep           goes on with the data of the last demo with --keep, and keeps it again
  --folder DIR     keeps its data there (default .convoke/demo; --scripted: a temporary folder)
  --port-base N    first of the five ports it takes (default 7400; --scripted: any)
  --supervisor F   runs Convoke by this program (npm run verify:cluster)
  --verbose        shows what all programs say; it is in the log in any case
  --help           this text`;

/** null: the person asked for help. @throws Error for options that make no sense. */
export function readOptions(argv: readonly string[]): DemoOptions | null {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      scripted: flag,
      keep: flag,
      verbose: flag,
      help: flag,
      folder: text,
      'port-base': text,
      supervisor: text,
    },
  });
  if (values.help) return null;
  if (values.scripted && values.keep) throw new Error('--scripted begins with an empty academy: leave --keep out');
  const { scripted, keep, verbose, folder = null, supervisor = null } = values;
  return { scripted, keep, verbose, folder, supervisor, portBase: toPort(values['port-base']) };
}

function toPort(text: string | undefined): number | null {
  if (text === undefined) return null;
  const port = Number(text);
  // Five ports and room to move.
  if (/^\d+$/.test(text) && (port === 0 || (port >= 1024 && port <= 65_000))) return port;
  throw new Error(`--port-base is "${text}": give 0 or a port from 1024 to 65000`);
}
