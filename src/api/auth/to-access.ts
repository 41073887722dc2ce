import type { Configuration } from '../../app/config';
import type { ApiToken } from '../../app/config/api-tokens';
import type { ApiAccess } from './authenticate';

type Settings = {
  readonly config: { readonly api: Pick<Configuration['config']['api'], 'oidc'> };
  readonly secrets: Pick<Configuration['secrets'], 'codecToken' | 'apiTokens'>;
};

/** null: nobody could come in. */
export function toAccess({ config: { api }, secrets: { codecToken, apiTokens } }: Settings): ApiAccess | null {
  const ofCodec: ApiToken[] = codecToken === null ? [] : [{ name: 'codec', roles: ['decode'], token: codecToken }];
  const tokens = [...apiTokens, ...ofCodec];
  return tokens.length === 0 && api.oidc === null ? null : { tokens, oidc: api.oidc, fetch };
}

/** May anybody do more than decode? Else there is no operator API. */
export function hasOperators({ config: { api }, secrets: { apiTokens } }: Settings): boolean {
  const { read = [], operate = [] } = api.oidc?.roles ?? {};
  return read.length + operate.length > 0 || apiTokens.some(({ roles }) => roles.some((role) => role !== 'decode'));
}
