import { configure, problemsOf, yamlWith } from './some-configuration';

const connectionOf = (situation: Parameters<typeof configure>[0]) => {
  const { config, secrets } = configure(situation);
  return { address: config.temporal.address, namespace: config.temporal.namespace, ...secrets.temporal };
};
const TOML = `[profile.default]
address = "toml.example.com:7233"
namespace = "toml"

[profile.cloud]
address = "cloud.example.com:7233"
api_key = "cloud-key"
`;

describe('the connection to Temporal', () => {
  it('is on this machine by default, in the namespace convoke', () => {
    expect(connectionOf({})).toEqual({ address: 'localhost:7233', namespace: 'convoke' });
    expect(configure().config.temporal.isExternal).toBe(false);
  });

  it('comes from convoke.yaml', () => {
    const temporal = {
      address: 'temporal.example.com:7233',
      namespace: 'training',
      tls: { serverName: 'temporal', caFile: './ca.pem', certFile: './cert.pem', keyFile: './key.pem' },
    };
    const files = { './ca.pem': 'CA', './cert.pem': 'CERT', './key.pem': 'KEY' };

    expect(connectionOf({ yaml: yamlWith({ temporal }), files })).toEqual({
      address: 'temporal.example.com:7233',
      namespace: 'training',
      tls: {
        serverNameOverride: 'temporal',
        serverRootCACertificate: Buffer.from('CA'),
        clientCertPair: { crt: Buffer.from('CERT'), key: Buffer.from('KEY') },
      },
    });
    expect(configure({ yaml: yamlWith({ temporal }), files }).config.temporal.isExternal).toBe(true);
  });

  it('comes from the environment first', () => {
    const yaml = yamlWith({ temporal: { address: 'a:1', namespace: 'a', tls: false } });
    const env = {
      TEMPORAL_ADDRESS: '[::1]:7233',
      TEMPORAL_NAMESPACE: 'b',
      TEMPORAL_TLS_SERVER_CA_CERT_PATH: './ca.pem',
      TEMPORAL_TLS_CLIENT_CERT_DATA: 'CERT',
      TEMPORAL_TLS_CLIENT_KEY_DATA: 'KEY',
    };

    expect(connectionOf({ yaml, env, files: { './ca.pem': 'CA' } })).toEqual({
      address: '[::1]:7233',
      namespace: 'b',
      tls: {
        serverRootCACertificate: Buffer.from('CA'),
        clientCertPair: { crt: Buffer.from('CERT'), key: Buffer.from('KEY') },
      },
    });
  });

  test.each([
    [{ TEMPORAL_TLS: 'true' }, true],
    [{ TEMPORAL_TLS: 'false' }, false],
    [{ TEMPORAL_API_KEY: 'key' }, true],
    [{}, undefined],
  ])('is encrypted or not by %j', (env, tls) => {
    expect(connectionOf({ env }).tls).toBe(tls);
  });

  it.each([true, false])('is encrypted or not by tls: %s', (tls) => {
    expect(connectionOf({ yaml: yamlWith({ temporal: { tls } }) }).tls).toBe(tls);
  });

  it('comes from a profile of Temporal’s own file when a variable asks for one', () => {
    const files = { './temporal.toml': TOML };

    expect(connectionOf({ env: { TEMPORAL_CONFIG_FILE: './temporal.toml' }, files })).toEqual({
      address: 'toml.example.com:7233',
      namespace: 'toml',
    });
    expect(
      connectionOf({ env: { TEMPORAL_CONFIG_FILE: './temporal.toml', TEMPORAL_PROFILE: 'cloud' }, files }),
    ).toEqual({ address: 'cloud.example.com:7233', namespace: 'convoke', apiKey: 'cloud-key', tls: true });
  });
});

describe('a wrong setting of the connection', () => {
  test.each<[Record<string, string>, string]>([
    [
      { TEMPORAL_ADDRESS: 'https://temporal.example.com' },
      'TEMPORAL_ADDRESS: is "https://temporal.example.com"; write host:port, such as localhost:7233',
    ],
    [{ TEMPORAL_TLS: 'yes' }, 'TEMPORAL_TLS: is "yes"; write true or false'],
    [
      { TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: 'true' },
      'TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: Convoke always verifies the server; give its authority with TEMPORAL_TLS_SERVER_CA_CERT_PATH and its name with TEMPORAL_TLS_SERVER_NAME',
    ],
    [{ TEMPORAL_GRPC_META_X: 'y' }, 'TEMPORAL_GRPC_META_X: Convoke sends no headers of its own; take it out'],
    [
      { TEMPORAL_TLS_CLIENT_CERT_DATA: 'CERT' },
      "Temporal's TLS has a client certificate or a client key, but not both; give both or none",
    ],
    [
      { TEMPORAL_TLS_SERVER_CA_CERT_PATH: './none.pem' },
      "Temporal's TLS: the file ./none.pem cannot be read (there is no such file)",
    ],
    [
      { TEMPORAL_API_KEY: 'key', TEMPORAL_TLS: 'false' },
      'TEMPORAL_API_KEY: would go over the wire unencrypted; switch TLS on',
    ],
    [{ TEMPORAL_CONFIG_FILE: './none.toml' }, 'TEMPORAL_CONFIG_FILE: there is no such file'],
    [
      { TEMPORAL_CONFIG_FILE: './temporal.toml', TEMPORAL_PROFILE: 'colud' },
      "TEMPORAL_CONFIG_FILE: Profile 'colud' not found in config data",
    ],
    [
      { TEMPORAL_CONFIG_FILE: './odd.toml' },
      'TEMPORAL_CONFIG_FILE: Validation error: key(s) unrecognized in profile.default: adress',
    ],
  ])('is explained: %j', (env, problem) => {
    const files = { './temporal.toml': TOML, './odd.toml': '[profile.default]\nadress = "x"\n' };

    expect(problemsOf({ env, files })).toEqual([problem]);
  });

  test.each<[Record<string, unknown>, string]>([
    [
      { address: 'temporal.example.com' },
      'convoke.yaml line 12, temporal.address: is "temporal.example.com"; write host:port, such as localhost:7233',
    ],
    [
      { namespace: 'my training' },
      'convoke.yaml line 12, temporal.namespace: is "my training"; write the namespace, such as convoke',
    ],
    [
      { tls: 'yes' },
      'convoke.yaml line 12, temporal.tls: is "yes"; write true, false, or files: serverName, caFile, certFile, keyFile',
    ],
    [
      { tls: { caFile: './none.pem' } },
      'convoke.yaml line 13, temporal.tls.caFile: the file ./none.pem cannot be read (there is no such file); relative paths start at convoke.yaml',
    ],
    [
      { tls: { ca: 'x' } },
      'convoke.yaml line 13, temporal.tls.ca: there is no such setting; known are serverName, caFile, certFile, keyFile',
    ],
  ])('of convoke.yaml is explained: %j', (temporal, problem) => {
    expect(problemsOf({ yaml: yamlWith({ temporal }) })).toEqual([problem]);
  });
});
