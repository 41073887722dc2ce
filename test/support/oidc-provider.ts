import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The real OpenID provider of `oidc-provider.mjs`, in its process. */
export class OidcProvider {
  private constructor(
    readonly issuer: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(): Promise<OidcProvider> {
    const script = join(__dirname, 'oidc-provider.mjs');
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [first] = (await once(child.stdout, 'data')) as [Buffer];
    return new OidcProvider(first.toString().trim(), child);
  }

  /** An access token whose claim `roles` has the client's name. */
  async token(client: string, resource: string): Promise<string> {
    const answer = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client}:${client}-secret`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope: 'api' }),
    });
    return ((await answer.json()) as { readonly access_token: string }).access_token;
  }

  async close(): Promise<void> {
    this.child.kill();
    await once(this.child, 'close');
  }
}
