import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createDoceboSimulator, defaultAccount, type DoceboSimulator } from '../../simulators/docebo/server';
import { createMicrosoftSimulator, type MicrosoftSimulator } from '../../simulators/microsoft/server';
import { toConfig, type Configuration } from '../../src/app/config';
import type { Finding } from '../../src/app/doctor/check';
import { CHECKS } from '../../src/app/doctor/checks';
import { createDoctorContext, createOperatorLooks } from '../../src/app/doctor/create-doctor';
import { runChecks } from '../../src/app/doctor/run-checks';
import { readEnv } from '../../src/app/env';
import { A_WAY } from '../support/a-way';

export const ORGANISER = 'training@academy.example';
export const OTHER = 'somebody@academy.example';

const ROOT = join(__dirname, '../..');
const TENANT = '6f1c2b5e-0c1d-4c86-9d2a-5d0f3f6f7a10';
const CLIENT = '11111111-2222-4333-8444-555555555555';

/** The doctor before simulated systems and without a Temporal server: it reads by itself. */
export class DoctorRig {
  settings: Record<string, unknown> = {};
  platform: Record<string, unknown> = {};
  env: Record<string, string> = {};

  private constructor(
    readonly docebo: DoceboSimulator,
    readonly doceboUrl: string,
    readonly microsoft: MicrosoftSimulator,
    readonly microsoftUrl: string,
  ) {}

  static async start(): Promise<DoctorRig> {
    const profile = JSON.parse(readFileSync(join(ROOT, 'profiles/assumed-v1.json'), 'utf8')) as never;
    const docebo = createDoceboSimulator({ profile });
    const microsoft = createMicrosoftSimulator({
      mailboxes: [
        { address: ORGANISER, displayName: 'Training' },
        { address: OTHER, displayName: 'Somebody' },
      ],
      apps: [{ clientId: CLIENT, clientSecret: 'app-secret', tenant: { id: TENANT } }],
    });
    return new DoctorRig(docebo, await docebo.listen(), microsoft, await microsoft.listen());
  }

  async close(): Promise<void> {
    await this.docebo.close();
    await this.microsoft.close();
  }

  configuration(): Configuration {
    const env = readEnv({
      CONVOKE_ENVIRONMENT: 'development',
      CONVOKE_DOCEBO_ACADEMY_CLIENT_ID: defaultAccount.clientId,
      CONVOKE_DOCEBO_ACADEMY_CLIENT_SECRET: defaultAccount.clientSecret,
      CONVOKE_WEBHOOK_ACADEMY: 'docebo:webhook-password',
      CONVOKE_MICROSOFT_CLIENT_SECRET: 'app-secret',
      CONVOKE_CODEC_KEYS: `k1:${Buffer.alloc(32, 1).toString('base64')}`,
      CONVOKE_ADDRESS_KEY: Buffer.alloc(32, 7).toString('base64'),
      ...this.env,
    });
    const yaml = {
      platforms: { academy: { baseUrl: this.doceboUrl, profile: 'assumed-v1', mailbox: 'training', ...this.platform } },
      mailboxes: { training: { user: ORGANISER } },
      microsoft: {
        tenant: TENANT,
        clientId: CLIENT,
        tokenEndpoint: `${this.microsoftUrl}/${TENANT}/oauth2/v2.0/token`,
        graphBaseUrl: this.microsoftUrl,
      },
      // Nothing listens there.
      temporal: { address: '127.0.0.1:1', namespace: 'nowhere' },
      ...this.settings,
    };
    return toConfig(env, stringify(yaml), (file, base) =>
      readFileSync(join(base === 'package' ? ROOT : '/nonexistent', file), 'utf8'),
    );
  }

  /** Findings by name, of the checks whose names begin so. */
  async run(names: string, otherMailbox: string | null = null): Promise<Record<string, Finding>> {
    const looks = await createOperatorLooks(this.configuration(), 'doctor', async () => null);
    const context = createDoctorContext(looks, { platforms: ['academy'], mailboxes: ['training'], otherMailbox });
    const checks = CHECKS.filter(({ name }) => name.startsWith(names));
    const findings = await runChecks(context, { checks });
    await looks.close();
    for (const { verdict, mend } of findings) if (verdict === 'red') expect(mend.join(' ')).toMatch(A_WAY);
    return Object.fromEntries(findings.map((finding) => [finding.check, finding]));
  }
}
