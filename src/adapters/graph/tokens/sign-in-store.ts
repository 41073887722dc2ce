import type { ICachePlugin } from '@azure/msal-node';

/** Where the sign-in of one account is kept: MSAL's cache as text, with a refresh token in it. */
export interface SignInStore {
  /** null: nobody has signed in. Throws AccessError `GRAPH_SIGN_IN` when what is there cannot be read. */
  read(): Promise<string | null>;
  write(text: string): Promise<void>;
  /** Whether there was one. */
  remove(): Promise<boolean>;
}

/**
 * For one refresh. It keeps what it was given, unless somebody signed in (or out) meanwhile: then theirs is newer. Entra lets the refresh token before go on
 * working, so a refresh that cannot be kept is no reason to fail.
 */
export function toRefreshCache(store: SignInStore, onProblem: (error: unknown) => void): ICachePlugin {
  // MSAL reads several times in one refresh: what stood there first is what the refresh began with.
  let first: string | null | undefined;
  return {
    async beforeCacheAccess({ tokenCache }) {
      const text = await store.read();
      if (first === undefined) first = text;
      if (text !== null && text === first) tokenCache.deserialize(text);
    },
    async afterCacheAccess({ tokenCache, cacheHasChanged }) {
      if (!cacheHasChanged) return;
      try {
        if ((await store.read()) !== first) return;
        const text = tokenCache.serialize();
        await store.write(text);
        first = text;
      } catch (error) {
        onProblem(error);
      }
    },
  };
}

/** A sign-in takes the place of whatever was there. */
export function toSignInCache(store: SignInStore): ICachePlugin {
  return {
    beforeCacheAccess: () => Promise.resolve(),
    async afterCacheAccess({ tokenCache, cacheHasChanged }) {
      if (cacheHasChanged) await store.write(tokenCache.serialize());
    },
  };
}
