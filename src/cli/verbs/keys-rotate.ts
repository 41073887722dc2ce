import type { Command } from 'commander';
import { addKeyToFile, makeKey } from '../../app/new-codec-key';
import { InputError } from '../../domain/errors';
import type { Cli } from '../cli';
import { addVerb, onCall, type Outcome } from '../verb';

interface Options {
  readonly writeEnv?: string;
}

export function addKeysRotate(parent: Command, cli: Cli): void {
  const command = addVerb(parent, {
    usage: 'rotate',
    summary: 'make a new key and say where to put it, in which order',
    about:
      'Makes a new key for CONVOKE_CODEC_KEYS and prints the steps that bring it into use while api and workers go on, however many of them run. Old keys are never printed, and nothing is written unless --write-env names a file.',
    examples: [
      ['convoke keys rotate', 'prints the new key with the steps'],
      ['convoke keys rotate --write-env .env', 'does step 1 in that file, and does not print the key'],
    ],
    next: ['convoke keys renew    step 3', 'convoke keys status   whether step 4 may be done'],
  }).option('--write-env <file>', 'put the new key behind the others in this file; the file is replaced as a whole');
  onCall<Options>(command, cli, async ({ writeEnv }) => {
    const ids = cli.codecKeyIds();
    if (ids.length === 0) {
      const message = 'CONVOKE_CODEC_KEYS is not set here. Run this where the environment of api and worker is.';
      throw new InputError(message, { code: 'INPUT_ENV_FILE' });
    }
    const made = makeKey(cli.now(), ids);
    if (writeEnv !== undefined) await addKeyToFile(writeEnv, made);
    return show(ids, made, writeEnv ?? null);
  });
}

function show(ids: readonly string[], { id, entry }: ReturnType<typeof makeKey>, file: string | null): Outcome {
  const names = (order: readonly string[]): string => order.map((name) => `${name}:...`).join(',');
  const old = ids[0]!;
  const behind =
    file === null
      ? [`   CONVOKE_CODEC_KEYS=${names(ids)},${entry}`, '   (the dots stand for what is there already)']
      : [`   ${file} has it already; bring the same line to every other place.`];
  return {
    json: { id, ...(file === null ? { entry } : { file }), ring: [...ids, id] },
    text: [
      `The new key is ${id}. It takes over from ${old} in four steps; api and workers never stop all at once.`,
      'Keep a copy of it where you keep the old one: without it nothing that Temporal stores can be read.',
      '',
      '1. Put it BEHIND the others, everywhere: each api, each worker, and where this command runs.',
      ...behind,
      '   Restart one process after the other. From then on all of them can read it, and none writes it.',
      '',
      '2. When ALL have been restarted, move it to the FRONT, everywhere:',
      `   CONVOKE_CODEC_KEYS=${names([id, ...ids])}`,
      '   Restart one process after the other. From then on all write it.',
      '',
      '3. When ALL have been restarted:  convoke keys renew',
      '   Everything that is open goes on under the new key.',
      '',
      `4. When "convoke keys status" says that ${old} may be dropped, take it out everywhere, and restart.`,
      '   Runs that have ended can be read with it in the Web UI until Temporal forgets them: keep it until then if that matters.',
    ],
  };
}
