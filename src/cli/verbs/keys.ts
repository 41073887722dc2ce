import type { Command } from 'commander';
import type { Cli } from '../cli';
import { addKeysRenew } from './keys-renew';
import { addKeysRotate } from './keys-rotate';
import { addKeysStatus } from './keys-status';

/** `keys status`, `keys rotate`, `keys renew`. */
export function addKeys(program: Command, cli: Cli): void {
  const parent = program
    .command('keys')
    .summary('which keys Temporal needs; change them without a stop')
    .description(
      'Keys of CONVOKE_CODEC_KEYS, under which Temporal stores what Convoke tells it: docs/key-rotation.md.',
    );
  addKeysStatus(parent, cli);
  addKeysRotate(parent, cli);
  addKeysRenew(parent, cli);
}
