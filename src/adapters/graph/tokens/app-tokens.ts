import { ConfidentialClientApplication, type NodeAuthOptions } from '@azure/msal-node';
import { AccessError, type AppError } from '../../../domain/errors';
import type { Clock } from '../../../domain/ports';
import type { Fetch } from '../../http/fetch-json';
import { createTokenKeeper, type AccessTokens, type Token } from './access-tokens';
import { toAuthority, type LoginPlace } from './authority';
import { toTokenError, type TokenSettingNames } from './token-error';
import { createTokenNetwork } from './token-network';

/** How an app proves that it is the one that is registered. */
export type AppCredential =
  /** One, or the old one and the new one while they are changed: the next is tried when Entra calls one wrong or expired. */
  | { readonly kind: 'secret'; readonly secrets: readonly string[] }
  | {
      readonly kind: 'certificate';
      /** PEM. */
      readonly privateKey: string;
      /** Of the certificate; hexadecimal, without colons. */
      readonly thumbprintSha256: string;
      /** The certificate and its chain as PEM, when Entra is to judge by subject and issuer; null: by thumbprint. */
      readonly chain: string | null;
    }
  /** A token of an issuer that the app trusts, read anew for each request: such tokens live for an hour or less. */
  | { readonly kind: 'federated'; readonly readToken: () => Promise<string> };

export interface AppTokenOptions extends LoginPlace {
  readonly clientId: string;
  readonly credential: AppCredential;
  /** See `graphScope`. */
  readonly scope: string;
  readonly settingNames: TokenSettingNames;
  readonly clock: Clock;
  readonly fetch: Fetch;
  readonly timeoutMs?: number;
}

/** Entra calls a secret wrong or expired. */
const WORN_OUT = ['7000215', '7000222'];

/** Client credentials by MSAL: an app that acts for itself. A new application object ends MSAL's own pause after a failure. */
export function createAppTokens(options: AppTokenOptions): AccessTokens {
  const network = createTokenNetwork(options);
  const proofs = proofsOf(options.credential);
  let proof = 0;
  let application: ConfidentialClientApplication | null = null;

  async function acquire(skipCache: boolean): Promise<Token> {
    let first: AppError | null = null;
    for (let tries = 0; tries < proofs.length; tries++) {
      try {
        return await request(skipCache);
      } catch (cause) {
        application = null;
        const error = toTokenError(cause, network.lastAnswer(), options.settingNames);
        first ??= error;
        if (!WORN_OUT.includes(String(error.context.errorNo))) throw error;
        proof = (proof + 1) % proofs.length;
      }
    }
    throw first ?? new AccessError('There is no secret', { code: 'GRAPH_TOKEN' });
  }

  async function request(skipCache: boolean): Promise<Token> {
    network.forget();
    application ??= new ConfidentialClientApplication({
      auth: { clientId: options.clientId, ...toAuthority(options), ...proofs[proof] },
      system: { networkClient: network.module },
    });
    const answer = await application.acquireTokenByClientCredential({ scopes: [options.scope], skipCache });
    if (answer?.expiresOn == null) throw new Error('MSAL gave no token and no error');
    return { text: answer.accessToken, expiresAtMs: answer.expiresOn.getTime() };
  }

  return { get: createTokenKeeper({ acquire, clock: options.clock }), calls: () => network.calls() };
}

type Proof = Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate' | 'clientAssertion'>;

function proofsOf(credential: AppCredential): readonly Proof[] {
  switch (credential.kind) {
    case 'secret':
      return credential.secrets.map((clientSecret) => ({ clientSecret }));
    case 'certificate': {
      const { privateKey, thumbprintSha256, chain } = credential;
      return [{ clientCertificate: { privateKey, thumbprintSha256, ...(chain !== null && { x5c: chain }) } }];
    }
    case 'federated':
      return [{ clientAssertion: () => credential.readToken() }];
  }
}
