import { randomUUID } from 'node:crypto';
import { CryptoProvider, type AuthenticationResult } from '@azure/msal-node';
import { AccessError } from '../../../domain/errors';
import { createPersonClient, type PersonOptions } from './person-client';
import { listenForRedirect } from './redirect-listener';
import { toRefreshCache, toSignInCache } from './sign-in-store';

/** Who has signed in. */
export interface SignedIn {
  /** As the person writes it when signing in. */
  readonly username: string;
  readonly tenantId: string;
}

export interface DevicePrompt {
  readonly verificationUri: string;
  readonly userCode: string;
}

/** Signing in to one account, and out. Throws `GRAPH_SIGN_IN`, `GRAPH_TOKEN` and `ENTRA_*` errors. */
export interface SignIn {
  /**
   * By a browser on this machine, which comes back to a port of it.
   *
   * @param options.port 0: any free one.
   * @param options.show tells the person the address, or opens it for them.
   */
  byBrowser(options: {
    readonly port: number;
    readonly loginHint?: string;
    readonly timeoutMs: number;
    readonly show: (url: string) => void;
  }): Promise<SignedIn>;
  /** By a browser on any machine, where a code is entered. */
  byDeviceCode(show: (prompt: DevicePrompt) => void): Promise<SignedIn>;
  /** null: nobody. */
  current(): Promise<SignedIn | null>;
  /** Forgets the sign-in. Entra's own list of it goes on until its time is over or it is revoked there. */
  signOut(): Promise<boolean>;
}

export function createSignIn(options: PersonOptions): SignIn {
  const client = createPersonClient(options);
  const scopes = [...options.scopes];

  /** What comes back with another state was not asked for by this sign-in. */
  async function start(redirectUri: string, loginHint: string | undefined) {
    const application = client.create(toSignInCache(options.store));
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const [state, nonce] = [randomUUID(), randomUUID()];
    const url = await application.getAuthCodeUrl({
      scopes,
      redirectUri,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      responseMode: 'query',
      prompt: 'select_account',
      state,
      nonce,
      ...(loginHint !== undefined && { loginHint }),
    });
    const redeem = async (answer: URLSearchParams): Promise<SignedIn> => {
      const code = answer.get('code');
      if (code === null) throw refusalOf(answer);
      const request = { scopes, redirectUri, code, codeVerifier: verifier, nonce };
      return toSignedIn(await application.acquireTokenByCode(request));
    };
    return { url, redeem, isOurs: (answer: URLSearchParams) => answer.get('state') === state };
  }

  async function asked<T>(work: () => Promise<T>): Promise<T> {
    client.network.forget();
    try {
      return await work();
    } catch (error) {
      throw client.toError(error);
    }
  }

  return {
    byBrowser: ({ port, loginHint, timeoutMs, show }) =>
      asked(async () => {
        const listener = await listenForRedirect(port);
        try {
          const { url, redeem, isOurs } = await start(listener.redirectUri, loginHint);
          show(url);
          return await listener.next({ isOurs, redeem, timeoutMs });
        } finally {
          listener.close();
        }
      }),

    byDeviceCode: (show) =>
      asked(async () => {
        const application = client.create(toSignInCache(options.store));
        const answer = await application.acquireTokenByDeviceCode({
          scopes,
          deviceCodeCallback: ({ verificationUri, userCode }) => show({ verificationUri, userCode }),
        });
        return toSignedIn(answer);
      }),

    async current() {
      const application = client.create(toRefreshCache(options.store, () => undefined));
      const [account] = await application.getTokenCache().getAllAccounts();
      return account === undefined ? null : { username: account.username, tenantId: account.tenantId };
    },

    signOut: () => options.store.remove(),
  };
}

function toSignedIn(answer: AuthenticationResult | null): SignedIn {
  if (answer?.account == null) throw new Error('MSAL gave no account and no error');
  return { username: answer.account.username, tenantId: answer.account.tenantId };
}

/** Entra's words quote ids and addresses: only the number is taken. */
function refusalOf(answer: URLSearchParams): AccessError {
  const number = /AADSTS\d+/.exec(answer.get('error_description') ?? '')?.[0] ?? answer.get('error') ?? 'no reason';
  return new AccessError(`The sign-in was declined or refused (${number}): start it again and accept what is asked`, {
    code: 'GRAPH_SIGN_IN',
  });
}
