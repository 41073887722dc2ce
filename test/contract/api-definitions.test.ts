import { createApiDefinitionSource } from '../../src/adapters/docebo/propose/api-definitions';
import { proposeProfile } from '../../src/adapters/docebo/propose/propose-profile';
import { loadProfile } from '../../src/adapters/docebo/profile/profile';
import assumed from '../../profiles/assumed-v1.json';
import other from '../../profiles/assumed-v2.json';
import { createDoceboClient } from '../../src/adapters/docebo/api/client';
import { createDoceboSimulator, defaultAccount, type DoceboSimulator } from '../../simulators/docebo/server';

let simulator: DoceboSimulator;
afterEach(() => simulator.close());

async function probe(tenant: unknown) {
  simulator = createDoceboSimulator({ profile: tenant as never });
  const baseUrl = await simulator.listen();
  const profile = loadProfile(assumed, 'assumed-v1');
  const { clock } = simulator.tenant;
  const credentials = { ...defaultAccount, grant: 'client_credentials' as const };
  const client = createDoceboClient({ baseUrl, credentials, profile, clock });
  const source = createApiDefinitionSource({ client, baseUrl });
  return proposeProfile(profile, await source.readDefinition(Object.values(profile.endpoints)));
}

it("finds everything of a profile that is the tenant's own", async () => {
  const { findings } = await probe(assumed);

  expect(findings.filter(({ verdict }) => verdict === 'absent')).toEqual([]);
  expect(findings.filter(({ verdict }) => verdict === 'found').length).toBeGreaterThan(30);
});

it('finds what another tenant calls otherwise', async () => {
  const { findings } = await probe(other);
  const absent = findings.filter(({ verdict }) => verdict === 'absent').map(({ at }) => at);

  expect(absent.length).toBeGreaterThan(3);
});
