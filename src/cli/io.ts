import { createInterface } from 'node:readline/promises';

/** The terminal, or what stands for it. */
export interface Io {
  /** The command's result. */
  out(text: string): void;
  /** Progress, questions and errors. */
  err(text: string): void;
  /** Is there somebody who can answer? */
  readonly asksPeople: boolean;
  /** The last line of stderr may be written over. */
  readonly rewrites: boolean;
  readonly colours: boolean;
  /** One line of an answer; null when the input ends. */
  ask(question: string): Promise<string | null>;
}

/** @param env for NO_COLOR and TERM. */
export function systemIo(env: Readonly<Record<string, string | undefined>>): Io {
  const { stdin, stdout, stderr } = process;
  const plain = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    asksPeople: stdin.isTTY === true && stderr.isTTY === true,
    rewrites: stderr.isTTY === true && env.TERM !== 'dumb',
    colours: stdout.isTTY === true && !plain,
    async ask(question) {
      const lines = createInterface({ input: stdin, output: stderr });
      const ended = new Promise<null>((resolve) => lines.once('close', () => resolve(null)));
      try {
        return await Promise.race([lines.question(question), ended]);
      } finally {
        lines.close();
      }
    },
  };
}
