import type { DoceboCredentials } from '../../adapters/docebo/api/token';
import type { PlatformKey } from '../../domain/model';
import { platformVariable } from '../env';
import type { Env } from '../env';

/** Of one platform, from its four variables; null, and reports, when they do not fit its grant. */
export function toDoceboCredentials(
  { variables }: Env,
  { key, grant }: { readonly key: PlatformKey; readonly grant: DoceboCredentials['grant'] | null },
  report: (problem: string) => void,
): DoceboCredentials | null {
  const name = {
    clientId: platformVariable('clientId', key),
    clientSecret: platformVariable('clientSecret', key),
    username: platformVariable('username', key),
    password: platformVariable('password', key),
  };
  const clientId = variables[name.clientId];
  const clientSecret = variables[name.clientSecret];
  if (clientId === undefined)
    report(`${name.clientId}: is missing; write the client id of the OAuth2 app in Docebo (API and SSO)`);
  if (clientSecret === undefined)
    report(`${name.clientSecret}: is missing; write the client secret of the OAuth2 app in Docebo`);

  const username = variables[name.username];
  const password = variables[name.password];
  if (grant === 'password') {
    if (username === undefined)
      report(`${name.username}: is missing, but platforms.${key}.grant is password; write the user's name`);
    if (password === undefined)
      report(`${name.password}: is missing, but platforms.${key}.grant is password; write the user's password`);
  }
  if (grant === 'client_credentials') {
    for (const unused of [name.username, name.password].filter((n) => variables[n] !== undefined)) {
      report(
        `${unused}: is set, but platforms.${key}.grant is client_credentials; take it out, or write grant: password`,
      );
    }
  }
  if (clientId === undefined || clientSecret === undefined) return null;
  if (grant === 'client_credentials') return { grant, clientId, clientSecret };
  if (grant === null || username === undefined || password === undefined) return null;
  return { grant, clientId, clientSecret, username, password };
}
