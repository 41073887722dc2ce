import { ConfidentialClientApplication, type Configuration } from '@azure/msal-node';
import {
  Client,
  HTTPMessageHandler,
  type Context,
  type GraphError,
  type Middleware,
} from '@microsoft/microsoft-graph-client';
import { anEvent, MicrosoftRig, organizer, type ShownEvent } from './microsoft-rig';

const tenant = '6f1c2b5e-0c1d-4c86-9d2a-5d0f3f6f7a10';
const scopes = ['https://graph.microsoft.com/.default'];

/** The real client libraries, as an application would set them up. */
describe('msal-node against the token endpoint', () => {
  let rig: MicrosoftRig;
  beforeEach(async () => (rig = await MicrosoftRig.start()));
  afterEach(() => rig.close());

  function application(clientSecret = 'secret-1'): ConfidentialClientApplication {
    const endpoint = `${rig.origin}/${tenant}/oauth2/v2.0`;
    const config: Configuration = {
      auth: {
        clientId: 'client-1',
        clientSecret,
        authority: `https://login.microsoftonline.com/${tenant}`,
        authorityMetadata: JSON.stringify({
          issuer: `https://login.microsoftonline.com/${tenant}/v2.0`,
          authorization_endpoint: `${endpoint}/authorize`,
          token_endpoint: `${endpoint}/token`,
          end_session_endpoint: `${endpoint}/logout`,
          jwks_uri: `${rig.origin}/${tenant}/discovery/v2.0/keys`,
        }),
      },
    };
    return new ConfidentialClientApplication(config);
  }

  test('gets a token that Graph takes, and keeps it', async () => {
    const app = application();

    const first = await app.acquireTokenByClientCredential({ scopes });
    const second = await app.acquireTokenByClientCredential({ scopes });

    expect(second?.accessToken).toBe(first?.accessToken);
    rig.token = first?.accessToken ?? '';
    expect((await rig.graph('GET', 'calendar')).status).toBe(200);
  });

  test('reports a wrong secret by its AADSTS number', async () => {
    await expect(application('wrong').acquireTokenByClientCredential({ scopes })).rejects.toMatchObject({
      errorCode: 'invalid_client',
      errorNo: 7_000_215,
      status: 401,
    });
  });

  test('reports an answer that is no JSON', async () => {
    await rig.control('POST', '/faults', { match: 'token', kind: 'wrongJson' });

    await expect(application().acquireTokenByClientCredential({ scopes })).rejects.toMatchObject({
      errorCode: 'token_parsing_error',
    });
  });
});

describe('the Graph client against Graph', () => {
  let rig: MicrosoftRig;
  let client: Client;
  beforeEach(async () => {
    rig = await MicrosoftRig.start();
    client = Client.initWithMiddleware({ middleware: withToken(rig.token), baseUrl: `${rig.origin}/` });
  });
  afterEach(() => rig.close());

  const users = `/users/${organizer}`;
  const prefer = 'IdType="ImmutableId", outlook.timezone="UTC"';
  const post = (event: object) =>
    client.api(`${users}/events`).header('Prefer', prefer).post(event) as Promise<ShownEvent>;

  test('creates, reads, changes, finds and cancels an event', async () => {
    const id = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name ConvokeSession';
    const made = await post(anEvent({ singleValueExtendedProperties: [{ id, value: 'acme/42' }] }));
    const path = `${users}/events/${encodeURIComponent(made.id)}`;

    const changed = (await client.api(path).header('Prefer', prefer).patch({ subject: 'Other' })) as ShownEvent;
    const filter = encodeURIComponent(
      `singleValueExtendedProperties/Any(ep: ep/id eq '${id}' and ep/value eq 'acme/42')`,
    );
    const found = (await client.api(`${users}/events`).header('Prefer', prefer).filter(filter).get()) as {
      value: ShownEvent[];
    };
    await client.api(`${path}/cancel`).post({ Comment: 'Over' });

    expect(changed.subject).toBe('Other');
    expect(found.value.map((e) => e.id)).toEqual([made.id]);
    const gone = (await client.api(path).header('Prefer', prefer).get()) as ShownEvent;
    expect(gone.isCancelled).toBe(true);
  });

  test('sees errors with status, code and headers', async () => {
    await rig.control('POST', '/faults', { match: '/events', kind: 'status', status: 429, retryAfter: 17 });
    const throttled = await post(anEvent()).catch((error: unknown) => error as GraphError);
    const missing: unknown = await client
      .api(`${users}/events/nothing`)
      .get()
      .catch((error: unknown) => error as GraphError);

    expect(throttled).toMatchObject({ statusCode: 429 });
    expect((throttled as GraphError).headers?.get('retry-after')).toBe('17');
    expect(missing).toMatchObject({ statusCode: 404, code: 'ErrorItemNotFound' });
    expect((missing as GraphError).requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('sends mail without stumbling over the empty 202', async () => {
    const message = { subject: 'x', toRecipients: [{ emailAddress: { address: 'ops@academy.example' } }] };
    await client.api(`${users}/sendMail`).post({ message, saveToSentItems: false });

    expect(await rig.outbox('?kind=mail')).toHaveLength(1);
  });

  test('deletes with 204, which it reads as nothing', async () => {
    const made = await post(anEvent());

    const nothing: unknown = await client.api(`${users}/events/${encodeURIComponent(made.id)}`).delete();
    expect(nothing).toBeUndefined();
  });
});

/** The default chain never sends a token over plain http, so a simulator is spoken to through a chain of one's own. */
function withToken(token: string): Middleware {
  const http = new HTTPMessageHandler();
  return {
    execute(context: Context) {
      const headers = new Headers(context.options?.headers);
      headers.set('authorization', `Bearer ${token}`);
      context.options = { ...context.options, headers: Object.fromEntries(headers) };
      return http.execute(context);
    },
  };
}
