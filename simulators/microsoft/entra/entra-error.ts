import { randomUUID } from 'node:crypto';

/** A refusal of the token endpoint; `number` is the AADSTS code. */
export class EntraError extends Error {
  override readonly name = 'EntraError';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly number: number,
    message: string,
  ) {
    super(message);
  }
}

export const refusals = {
  missing: (parameter: string) =>
    new EntraError(
      400,
      'invalid_request',
      900144,
      `The request body must contain the following parameter: '${parameter}'.`,
    ),
  grantType: (given: string) =>
    new EntraError(400, 'unsupported_grant_type', 70003, `The app requested an unsupported grant type '${given}'.`),
  noTenant: (tenant: string) =>
    new EntraError(
      400,
      'invalid_request',
      53003,
      `The client credentials flow needs a tenant; the endpoint '${tenant}' names none.`,
    ),
  unknownTenant: (tenant: string) =>
    new EntraError(
      400,
      'invalid_request',
      90002,
      `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
    ),
  unknownApp: (clientId: string, tenant: string) =>
    new EntraError(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${clientId}' was not found in the directory '${tenant}'.`,
    ),
  scope: (scope: string) =>
    new EntraError(
      400,
      'invalid_scope',
      1002012,
      `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
    ),
  noCredential: (grantType: string) =>
    grantType === 'client_credentials'
      ? client(
          7000216,
          "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
        )
      : client(
          7000218,
          "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        ),
  wrongSecret: (clientId: string) =>
    client(
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
    ),
  expiredSecret: (clientId: string) =>
    client(
      7000222,
      `The provided client secret keys for app '${clientId}' are expired. Visit the Azure portal to create new keys for your app.`,
    ),
  publicClient: () =>
    client(700025, "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."),
  assertionType: () =>
    request(900144, "The request body must contain the following parameter: 'client_assertion_type'."),
  malformedAssertion: () => request(50027, 'JWT token is invalid or malformed.'),
  unknownCertificate: (clientId: string) =>
    client(
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found.] Application '${clientId}'.`,
    ),
  wrongSignature: () => client(700027, 'Client assertion failed signature validation.'),
  expiredCertificate: (end: string) =>
    client(
      700027,
      `Client assertion contains an invalid signature. [Reason - The key used is expired. Found key 'End=${end}']`,
    ),
  wrongSubject: (clientId: string) =>
    client(700021, `Client assertion application identifier doesn't match 'client_id' parameter '${clientId}'.`),
  wrongAudience: (audience: string) =>
    client(700023, `Client assertion audience claim '${audience}' does not match Realm issuer.`),
  assertionTime: (now: Date) =>
    client(
      700024,
      `Client assertion is not within its valid time range. Current time: ${now.toISOString()}. Review the documentation at https://aka.ms/certificate_credentials.`,
    ),
  noFederation: (clientId: string) =>
    client(70025, `The client '${clientId}' has no configured federated identity credentials.`),
  unknownIssuer: (issuer: string) =>
    client(700211, `No matching federated identity record found for presented assertion issuer '${issuer}'.`),
  unknownAudience: (audience: string) =>
    client(700212, `No matching federated identity record found for presented assertion audience '${audience}'.`),
  unknownSubject: (subject: string) =>
    client(700213, `No matching federated identity record found for presented assertion subject '${subject}'.`),
  issuerUnreachable: (issuer: string) => client(50166, `Request to external OIDC endpoint of '${issuer}' failed.`),
  notMultiTenant: (clientId: string, tenant: string) =>
    request(
      50194,
      `Application '${clientId}' is not configured as a multi-tenant application. Usage of the /${tenant} endpoint is not supported for such apps. Use a tenant-specific endpoint or configure the application to be multi-tenant.`,
    ),
  consumersOnly: (clientId: string) =>
    request(
      9002331,
      `Application '${clientId}' is configured for use by Microsoft Account users only. Please use the /consumers endpoint to serve this request.`,
    ),
  workOnly: (clientId: string) =>
    request(
      9002346,
      `Application '${clientId}' is configured for use by Azure Active Directory users only. Please do not use the /consumers endpoint to serve this request.`,
    ),
  foreignAccount: (tenant: string) =>
    request(
      50020,
      `The selected user account does not exist in tenant '${tenant}' and cannot access the application in that tenant.`,
    ),
  redirect: (uri: string, clientId: string) =>
    request(
      50011,
      `The redirect URI '${uri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'.`,
    ),
  challengeMethod: () => request(501491, 'Invalid size or method of Code_Challenge parameter: S256 is expected here.'),
  responseType: (given: string) =>
    new EntraError(
      400,
      'unsupported_response_type',
      700054,
      `response_type '${given}' is not enabled for the application.`,
    ),
  noScope: () =>
    new EntraError(400, 'invalid_scope', 70011, "The provided value for the input parameter 'scope' is not valid."),
  declined: () => new EntraError(403, 'access_denied', 65004, 'User declined to consent to access the app.'),
  malformedGrant: () => grant(9002313, 'Invalid request. Request is malformed or invalid.'),
  redeemed: () =>
    grant(
      54005,
      'OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    ),
  expiredCode: () =>
    grant(
      70008,
      'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
    ),
  otherReplyAddress: (uri: string) =>
    grant(
      500112,
      `The reply address '${uri}' does not match the reply address provided when requesting Authorization code.`,
    ),
  verifier: () =>
    grant(501481, 'The Code_Verifier does not match the code_challenge supplied in the authorization request.'),
  expiredRefreshToken: () => grant(700082, 'The refresh token has expired due to inactivity.'),
  revokedRefreshToken: () =>
    grant(
      50173,
      'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
    ),
  noConsent: (clientId: string) =>
    grant(
      65001,
      `The user or administrator has not consented to use the application with ID '${clientId}'. Send an interactive authorization request for this user and resource.`,
    ),
  pending: () =>
    new EntraError(
      400,
      'authorization_pending',
      70016,
      'OAuth 2.0 device flow error. Authorization is pending. Continue polling.',
    ),
  deviceDeclined: () =>
    new EntraError(400, 'authorization_declined', 70017, 'OAuth 2.0 device flow: the user declined the request.'),
  badDeviceCode: () => new EntraError(400, 'bad_verification_code', 70018, 'Invalid verification code.'),
  expiredDeviceCode: () =>
    new EntraError(400, 'expired_token', 70020, 'The provided device code has expired. Start a new sign-in.'),
  badRequest: (why: string) => request(900144, why),
} as const;

function client(number: number, message: string): EntraError {
  return new EntraError(401, 'invalid_client', number, message);
}

function request(number: number, message: string): EntraError {
  return new EntraError(400, 'invalid_request', number, message);
}

function grant(number: number, message: string): EntraError {
  return new EntraError(400, 'invalid_grant', number, message);
}

export function entraErrorBody(error: EntraError, now: Date, correlationId: string): Record<string, unknown> {
  const traceId = randomUUID();
  const timestamp = `${now.toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    error: error.code,
    error_description: `AADSTS${error.number}: ${error.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [error.number],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    error_uri: `https://login.microsoftonline.com/error?code=${error.number}`,
  };
}
