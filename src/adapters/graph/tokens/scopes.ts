/** What stands before a permission in a scope: its cloud's own Graph when the base URL is https, else (simulators) the public cloud's. */
function resourceOf(baseUrl: string): string {
  const { protocol, origin } = new URL(baseUrl);
  return protocol === 'https:' ? origin : 'https://graph.microsoft.com';
}

/** The scope of an app that acts for itself: whatever it was granted. */
export function graphScope(baseUrl: string): string {
  return `${resourceOf(baseUrl)}/.default`;
}

/** Scopes of somebody who signs in. Sign-in itself (`openid`, `profile`, `offline_access`) is asked for by MSAL. */
export function delegatedScopes(baseUrl: string, permissions: readonly string[]): string[] {
  return permissions.map((permission) => `${resourceOf(baseUrl)}/${permission}`);
}
