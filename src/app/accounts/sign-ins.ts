import { createSignInFile, type SignInFile } from '../../adapters/graph/tokens/sign-in-file';
import { AccessError } from '../../domain/errors';
import type { SignIns, SignInUse } from '../../temporal/key-usage/key-usage';
import type { KeyRing } from '../../temporal/payload-codec';
import { DEFAULT_ACCOUNT } from '../config/account-credentials';
import type { SignInPlace } from '../config/accounts';
import type { AccountKey, Config } from '../config/config-types';

export function openSignInFile({ account, clientId, signInFile }: SignInPlace, keys: KeyRing): SignInFile {
  return createSignInFile({
    path: signInFile,
    keys,
    label: `${account} ${clientId}`,
    advice: `run: ${loginCommand(account)}`,
  });
}

export function loginCommand(account: AccountKey): string {
  return account === DEFAULT_ACCOUNT ? 'convoke login' : `convoke login ${account}`;
}

/** Those of accounts that somebody signs in to. */
export function signInPlaces({ microsoft: { accounts } }: Pick<Config, 'microsoft'>): readonly SignInPlace[] {
  return Object.entries(accounts).flatMap(([account, settings]) =>
    settings.kind === 'delegated' ? [{ account, ...settings }] : [],
  );
}

/** Sign-ins on this machine, for the change of the codec's key. */
export function createSignIns(places: readonly SignInPlace[], keys: KeyRing): SignIns {
  const files = new Map(places.map((place) => [place.account, openSignInFile(place, keys)]));
  return {
    look: () => Promise.all([...files].map(([account, file]) => look(account, file))),
    renew: async (account) => files.get(account)?.reseal(),
  };
}

async function look(account: AccountKey, file: SignInFile): Promise<SignInUse> {
  try {
    const sealed = await file.sealedUnder();
    if (sealed === null) return { account, state: 'none' };
    return { account, state: 'sealed', key: sealed.keyId, since: sealed.at.toISOString() };
  } catch (error) {
    if (error instanceof AccessError) return { account, state: 'unreadable' };
    throw error;
  }
}
