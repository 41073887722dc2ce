/**
 * A certified OpenID provider as a process of its own, on any free port: jest cannot load its ES modules. Prints its issuer. It gives
 * machines tokens (client credentials) for the audience `convoke`, with the roles of the client's name: `convoke-read`.
 */
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: ['convoke-read', 'convoke-operate', 'convoke-decode'].map((id) => ({
      client_id: id,
      client_secret: `${id}-secret`,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_ctx, audience) => ({
          scope: 'api',
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 60,
        }),
      },
    },
    extraTokenClaims: (_ctx, token) => ({ roles: [token.clientId] }),
  });
  server.on('request', provider.callback());
  process.stdout.write(`${issuer}\n`);
});
