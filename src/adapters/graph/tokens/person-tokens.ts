import { AccessError } from '../../../domain/errors';
import { createTokenKeeper, type AccessTokens, type Token } from './access-tokens';
import { createPersonClient, type PersonOptions } from './person-client';
import { toRefreshCache } from './sign-in-store';

/** Tokens of somebody who has signed in, refreshed without them for as long as Entra allows. */
export function createPersonTokens(
  options: PersonOptions & {
    /** A refreshed sign-in could not be kept; it goes on working for its old time. */
    readonly onProblem: (error: unknown) => void;
  },
): AccessTokens {
  const client = createPersonClient(options);

  async function acquire(): Promise<Token> {
    client.network.forget();
    try {
      const application = client.create(toRefreshCache(options.store, options.onProblem));
      const [account] = await application.getTokenCache().getAllAccounts();
      if (account === undefined) throw nobody();
      // Always from Entra: what is kept on disk may have been revoked, and this process keeps the token in memory itself.
      const answer = await application.acquireTokenSilent({
        account,
        scopes: [...options.scopes],
        forceRefresh: true,
      });
      if (answer.expiresOn == null) throw new Error('MSAL gave no token and no error');
      return { text: answer.accessToken, expiresAtMs: answer.expiresOn.getTime() };
    } catch (error) {
      throw client.toError(error);
    }
  }

  function nobody(): AccessError {
    const message = `Nobody has signed in for this account: ${options.settingNames.credential}`;
    return new AccessError(message, { code: 'GRAPH_SIGN_IN' });
  }

  return { get: createTokenKeeper({ acquire, clock: options.clock }), calls: () => client.network.calls() };
}
