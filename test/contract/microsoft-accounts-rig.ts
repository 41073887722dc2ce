import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createMicrosoftSimulator, type MicrosoftSimulator } from '../../simulators/microsoft/server';
import type { NewApp, NewMailbox } from '../../simulators/microsoft/state/simulator-state';
import type { AccessTokens } from '../../src/adapters/graph/tokens/access-tokens';
import { createAppTokens, type AppCredential } from '../../src/adapters/graph/tokens/app-tokens';
import type { PersonOptions } from '../../src/adapters/graph/tokens/person-client';
import { createPersonTokens } from '../../src/adapters/graph/tokens/person-tokens';
import { delegatedScopes, graphScope } from '../../src/adapters/graph/tokens/scopes';
import { createSignIn } from '../../src/adapters/graph/tokens/sign-in';
import { createSignInFile, type SignInKeys } from '../../src/adapters/graph/tokens/sign-in-file';

export const PERSON = 'trainer@academy.example';
const KEYS: SignInKeys = [{ id: '2026a', key: new Uint8Array(32).fill(7) }];
const names = { tenantId: 'TENANT', clientId: 'CLIENT', credential: 'run: convoke login' };

/** Accounts of every kind before a simulated Entra whose clock the test moves; the adapter's clock goes with it. */
export class AccountsRig {
  readonly clock: { now(): Date };
  readonly problems: unknown[] = [];
  private readonly folder: Promise<string> = mkdtemp(path.join(tmpdir(), 'convoke-sign-ins-'));

  private constructor(
    readonly simulator: MicrosoftSimulator,
    readonly origin: string,
  ) {
    this.clock = { now: () => simulator.clock.now() };
  }

  static async start(
    options: { readonly app?: NewApp; readonly mailboxes?: readonly NewMailbox[] } = {},
  ): Promise<AccountsRig> {
    const simulator = createMicrosoftSimulator({
      mailboxes: [{ address: PERSON, displayName: 'Trainer' }, ...(options.mailboxes ?? [])],
      apps: [
        {
          clientId: 'client-1',
          clientSecret: 'secret-1',
          publicClient: true,
          redirectUris: ['http://localhost'],
          audience: 'AzureADandPersonalMicrosoftAccount',
          ...options.app,
        },
      ],
      knobs: { deviceCodeIntervalSeconds: 0 },
    });
    return new AccountsRig(simulator, await simulator.listen());
  }

  async close(): Promise<void> {
    await this.simulator.close();
    await rm(await this.folder, { recursive: true, force: true });
  }

  private place(tenantId: string) {
    return {
      loginUrl: 'https://login.microsoftonline.com',
      tenantId,
      tokenEndpoint: `${this.origin}/{tenant}/oauth2/v2.0/token`,
      clientId: 'client-1',
      settingNames: names,
      clock: this.clock,
      fetch,
    };
  }

  app(credential: AppCredential, tenantId = 'academy.example'): AccessTokens {
    return createAppTokens({ ...this.place(tenantId), credential, scope: graphScope(this.origin) });
  }

  async signInPath(): Promise<string> {
    return path.join(await this.folder, 'default.json');
  }

  async personOptions(
    over: { readonly tenantId?: string; readonly permissions?: readonly string[]; readonly keys?: SignInKeys } = {},
  ): Promise<PersonOptions> {
    return {
      ...this.place(over.tenantId ?? 'common'),
      scopes: delegatedScopes(this.origin, over.permissions ?? ['Calendars.ReadWrite']),
      store: createSignInFile({
        path: await this.signInPath(),
        keys: over.keys ?? KEYS,
        label: 'default client-1',
        advice: 'run: convoke login',
      }),
    };
  }

  async person(over: Parameters<AccountsRig['personOptions']>[0] = {}): Promise<AccessTokens> {
    return createPersonTokens({
      ...(await this.personOptions(over)),
      onProblem: (problem) => this.problems.push(problem),
    });
  }

  async signIn(over: Parameters<AccountsRig['personOptions']>[0] = {}) {
    return createSignIn(await this.personOptions(over));
  }

  async control(method: 'POST' | 'PATCH', url: string, payload: object = {}): Promise<void> {
    const answer = await this.simulator.app.inject({ method, url: `/__control${url}`, payload });
    if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`);
  }

  async graphStatus(token: string, url: string): Promise<number> {
    const headers = { authorization: `Bearer ${token}` };
    return (await this.simulator.app.inject({ method: 'GET', url: `/v1.0${url}`, headers })).statusCode;
  }
}
