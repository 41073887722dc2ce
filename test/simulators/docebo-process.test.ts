import path from 'node:path';
import { readOptions } from '../../simulators/docebo/options';

const profile = path.join(__dirname, '../../profiles/assumed-v2.json');

describe('Docebo simulator: options of the process', () => {
  it('reads flags before environment variables', () => {
    const options = readOptions(['--port', '4000', '--platform', 'acme'], {
      DOCEBO_SIM_PORT: '5000',
      DOCEBO_SIM_PROFILE: profile,
      DOCEBO_SIM_CLIENT_SECRET: 'shh',
      TEMPORAL_UI_URL: 'http://127.0.0.1:8233/',
      TEMPORAL_NAMESPACE: 'training',
    });

    expect(options).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      simulator: {
        platform: 'acme',
        profile: { name: 'assumed-v2' },
        account: { clientId: 'convoke', clientSecret: 'shh' },
        temporalUi: { url: 'http://127.0.0.1:8233', namespace: 'training' },
      },
    });
  });

  it.each([
    [['--port', '70000'], {}, 'DOCEBO_SIM_PORT (--port) must be a port number'],
    [[], { TEMPORAL_UI_URL: 'here' }, 'TEMPORAL_UI_URL (--temporal-ui) must be a URL'],
    [['--profile', 'none.json'], {}, 'cannot read the tenant profile none.json'],
    [['--prot', '1'], {}, "Unknown option '--prot'"],
  ])('refuses %j %j', (argv, env, message) => {
    expect(() => readOptions(argv, { DOCEBO_SIM_PROFILE: profile, ...env })).toThrow(message);
  });
});
