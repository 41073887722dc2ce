/** Where an account gets its tokens. */
export interface LoginPlace {
  /** `https://login.microsoftonline.com`, or a national cloud's. */
  readonly loginUrl: string;
  /** Id or domain of a tenant; for people also `common`, `organizations`, `consumers`. */
  readonly tenantId: string;
  /** For endpoints that are not Microsoft's: used as it is, http too, without discovery. `{tenant}` in it stands for the tenant. */
  readonly tokenEndpoint: string | null;
}

/** As MSAL takes it. */
export function toAuthority(place: LoginPlace): { readonly authority: string; readonly authorityMetadata?: string } {
  const authority = `${place.loginUrl.replace(/\/+$/, '')}/${place.tenantId}`;
  if (place.tokenEndpoint === null) return { authority };
  return { authority, authorityMetadata: metadata(authority, place.tokenEndpoint.replace('{tenant}', place.tenantId)) };
}

/** MSAL refuses an http authority, but takes the endpoints from here without looking at them. */
function metadata(authority: string, tokenEndpoint: string): string {
  return JSON.stringify({
    issuer: `${authority}/v2.0`,
    authorization_endpoint: tokenEndpoint.replace(/\/token$/, '/authorize'),
    token_endpoint: tokenEndpoint,
    jwks_uri: `${authority}/discovery/v2.0/keys`,
    end_session_endpoint: `${authority}/oauth2/v2.0/logout`,
  });
}
