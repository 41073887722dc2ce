import { ContractError } from '../../../domain/errors';
import type { ReadAs } from '../../../domain/model';
import type { Clock } from '../../../domain/ports';
import type { DoceboClient, DoceboReader } from './client';
import { toFilledText, toId } from './wire';

/** Who we are to Docebo: what can be seen depends on it. */
export interface Identity {
  /** Known for the token's life, and asked again after ten minutes: an administrator may change rights at any time. */
  current(docebo: DoceboReader): Promise<ReadAs>;
  /** Asks Docebo now: the self-test of the token. */
  ask(docebo: DoceboReader): Promise<ReadAs>;
}

const KNOWN_FOR_MS = 10 * 60_000;

/** `data.{id,user_level}` of the user session, seen in public clients: `<user id>/<level>`. */
export function createIdentity(client: Pick<DoceboClient, 'tokenGeneration'>, clock: Clock): Identity {
  let known: { readonly readAs: ReadAs; readonly generation: number; readonly untilMs: number } | null = null;

  async function ask(docebo: DoceboReader): Promise<ReadAs> {
    const data = await docebo.get('whoAmI');
    const id = toId(data['id']);
    const level = toFilledText(data['user_level'])?.trim();
    if (id === null || level === undefined) {
      throw new ContractError("DOCEBO's answer about the token's user (endpoint whoAmI) has no id or no user_level", {
        code: 'DOCEBO_CONTRACT',
      });
    }
    const readAs = `${id}/${level}`;
    known = { readAs, generation: client.tokenGeneration(), untilMs: clock.now().getTime() + KNOWN_FOR_MS };
    return readAs;
  }

  return {
    ask,
    async current(docebo) {
      const usable =
        known !== null && known.generation === client.tokenGeneration() && clock.now().getTime() < known.untilMs;
      return usable && known !== null ? known.readAs : ask(docebo);
    },
  };
}
