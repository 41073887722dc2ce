import { refusals } from './entra-error';

const GRAPH = /^https:\/\/graph\.microsoft\.com\//i;

/**
 * Scopes without the resource in front. Only Graph is known here.
 * @throws EntraError 70011 for none, or for those of another resource.
 */
export function readScopes(text: string | undefined): string[] {
  const scopes = (text ?? '').split(' ').filter((scope) => scope !== '');
  const known = scopes.map((scope) => scope.replace(GRAPH, ''));
  if (known.length === 0 || known.some((scope) => scope.includes('/'))) throw refusals.noScope();
  return [...new Set(known)];
}
