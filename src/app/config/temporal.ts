import { loadClientConfigProfile } from '@temporalio/envconfig';
import type { ClientConfigProfile, ClientConfigTLS, ConfigDataSource } from '@temporalio/envconfig';
import type { TemporalSettings } from '../../temporal/connection';
import type { EnvVariable } from '../env';
import { readReferredFile, reasonOf } from './config-context';
import type { ConfigContext } from './config-context';

const DEFAULT_ADDRESS = 'localhost:7233';
const DEFAULT_NAMESPACE = 'convoke';

/**
 * The connection, by Temporal's own rules for its environment variables and its TOML file; what these leave open comes from convoke.yaml.
 * The TOML file in the user's home is read only when a variable asks for it: a profile made for the CLI must not decide where Convoke runs.
 */
export function toTemporal(
  context: ConfigContext,
  variables: Readonly<Record<string, string>>,
): TemporalSettings & { readonly isExternal: boolean } {
  const section = context.file.temporal ?? {};
  const profile = readProfile(context, variables);
  const given = profile.address ?? section.address;
  const address = given ?? DEFAULT_ADDRESS;
  if (!/^(\[[0-9a-f:.]+\]|[^\s:/@[\]]+):\d{1,5}$/i.test(address)) {
    const at = profile.address === undefined ? context.place(['temporal', 'address']) : 'TEMPORAL_ADDRESS';
    context.reportOther(`${at}: is "${address}"; write host:port, such as ${DEFAULT_ADDRESS}`);
  }
  // Certificates in the environment switch TLS on, whatever convoke.yaml says.
  const ofProfile = profile.tls === undefined ? {} : { disabled: false, ...profile.tls };
  const tls = toTls(context, { ...fromSection(context), ...ofProfile }, profile.apiKey !== undefined);
  if (profile.apiKey !== undefined && tls === false) {
    context.reportOther('TEMPORAL_API_KEY: would go over the wire unencrypted; switch TLS on');
  }
  return {
    address,
    isExternal: given !== undefined,
    namespace: profile.namespace ?? section.namespace ?? DEFAULT_NAMESPACE,
    ...(profile.apiKey !== undefined && { apiKey: profile.apiKey }),
    ...(tls !== undefined && { tls }),
  };
}

function readProfile(context: ConfigContext, variables: Readonly<Record<string, string>>): ClientConfigProfile {
  checkVariables(context, variables);
  const configFile = variables['TEMPORAL_CONFIG_FILE' satisfies EnvVariable];
  const asked = configFile !== undefined || variables['TEMPORAL_PROFILE' satisfies EnvVariable] !== undefined;
  try {
    return loadClientConfigProfile({
      overrideEnvVars: { ...variables },
      disableFile: !asked,
      configFileStrict: true,
      // The library takes a file that is not there for an empty one.
      ...(configFile !== undefined && { configSource: { data: context.readFile(configFile, 'cwd') } }),
    });
  } catch (error) {
    const name = configFile === undefined ? 'TEMPORAL_PROFILE' : 'TEMPORAL_CONFIG_FILE';
    context.reportOther(`${name}: ${reasonOf(error)}`);
    return {};
  }
}

/** What the library would read as something else, or not at all. */
function checkVariables(context: ConfigContext, variables: Readonly<Record<string, string>>): void {
  const tls = variables['TEMPORAL_TLS' satisfies EnvVariable];
  if (tls !== undefined && !['true', 'false', '1', '0'].includes(tls)) {
    context.reportOther(`TEMPORAL_TLS: is "${tls}"; write true or false`);
  }
  if (variables.TEMPORAL_TLS_DISABLE_HOST_VERIFICATION !== undefined) {
    context.reportOther(
      'TEMPORAL_TLS_DISABLE_HOST_VERIFICATION: Convoke always verifies the server; give its authority with TEMPORAL_TLS_SERVER_CA_CERT_PATH and its name with TEMPORAL_TLS_SERVER_NAME',
    );
  }
  for (const name of Object.keys(variables).filter((n) => n.startsWith('TEMPORAL_GRPC_META_'))) {
    context.reportOther(`${name}: Convoke sends no headers of its own; take it out`);
  }
}

function fromSection(context: ConfigContext): ClientConfigTLS {
  const tls = context.file.temporal?.tls;
  if (tls === undefined) return {};
  if (typeof tls === 'boolean') return { disabled: !tls };
  const source = (setting: 'caFile' | 'certFile' | 'keyFile'): ConfigDataSource | undefined => {
    const path = tls[setting];
    if (path === undefined) return undefined;
    const data = readReferredFile(context, { path, base: 'settings', at: ['temporal', 'tls', setting] });
    return { data: data ?? '' };
  };
  return {
    disabled: false,
    serverName: tls.serverName,
    serverCACert: source('caFile'),
    clientCert: source('certFile'),
    clientKey: source('keyFile'),
  };
}

/** Switched on by any of its settings and by an API key, as in Temporal's own tools. */
function toTls(context: ConfigContext, tls: ClientConfigTLS, hasApiKey: boolean): TemporalSettings['tls'] {
  if (tls.disabled === true) return false;
  const ca = readSource(context, tls.serverCACert);
  const crt = readSource(context, tls.clientCert);
  const key = readSource(context, tls.clientKey);
  if ((tls.clientCert === undefined) !== (tls.clientKey === undefined)) {
    context.reportOther("Temporal's TLS has a client certificate or a client key, but not both; give both or none");
  }
  const details = {
    ...(tls.serverName !== undefined && { serverNameOverride: tls.serverName }),
    ...(ca !== undefined && { serverRootCACertificate: ca }),
    ...(crt !== undefined && key !== undefined && { clientCertPair: { crt, key } }),
  };
  if (Object.keys(details).length > 0) return details;
  return tls.disabled === false || hasApiKey ? true : undefined;
}

function readSource(context: ConfigContext, source: ConfigDataSource | undefined): Buffer | undefined {
  if (source === undefined) return undefined;
  if ('data' in source) return Buffer.from(source.data);
  try {
    return Buffer.from(context.readFile(source.path, 'cwd'));
  } catch (error) {
    context.reportOther(`Temporal's TLS: the file ${source.path} cannot be read (${reasonOf(error)})`);
    return undefined;
  }
}
