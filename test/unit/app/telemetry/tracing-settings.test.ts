import { inspect } from 'node:util';
import { openTracing } from '../../../../src/app/telemetry/tracing';
import { configure, problemsOf } from '../some-configuration';

const ON = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
const tracingOf = (env: Record<string, string>) => configure({ env }).config.tracing;

describe('where traces are sent', () => {
  it('is nowhere, unless a collector is named', async () => {
    expect(tracingOf({})).toBeNull();
    await expect(
      openTracing({ settings: null, headers: {}, process: 'api', logger: { warn: jest.fn() } }),
    ).resolves.toBeNull();
  });

  it('is as OpenTelemetry’s variables say', () => {
    expect(tracingOf(ON)).toEqual({
      url: 'http://collector:4318/v1/traces',
      timeoutMs: 10_000,
      serviceName: null,
      attributes: {},
      sampler: { ratio: 1, followsParent: true },
    });
    const all = {
      ...ON,
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/otlp',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_EXPORTER_OTLP_TIMEOUT: '2500',
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_SERVICE_NAME: 'training',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=production, team=a%2Cb',
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
      OTEL_SDK_DISABLED: 'false',
    };
    expect(tracingOf(all)).toEqual({
      url: 'https://traces.example/otlp',
      timeoutMs: 2_500,
      serviceName: 'training',
      attributes: { 'deployment.environment.name': 'production', team: 'a,b' },
      sampler: { ratio: 0.25, followsParent: false },
    });
  });

  it('has a path added, however the address ends', () => {
    expect(tracingOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c.example/otlp//' })?.url).toBe(
      'https://c.example/otlp/v1/traces',
    );
  });

  test.each([
    ['always_on', 1, false],
    ['always_off', 0, false],
    ['parentbased_always_off', 0, true],
    ['parentbased_traceidratio', 0.5, true],
  ])('is for the share that %s means', (name, ratio, followsParent) => {
    const env = { ...ON, OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: '0.5' };

    expect(tracingOf(env)?.sampler).toEqual({ ratio, followsParent });
  });

  test.each<Record<string, string>>([
    { OTEL_SDK_DISABLED: 'true' },
    { OTEL_SDK_DISABLED: 'TRUE' },
    { OTEL_TRACES_EXPORTER: 'none' },
  ])('is nowhere with %j, whatever else is set', (off) => {
    expect(tracingOf({ ...ON, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', ...off })).toBeNull();
  });

  it('is told to be nowhere where only the rest is set', () => {
    const notice = 'No traces are sent: OTEL_SERVICE_NAME needs OTEL_EXPORTER_OTLP_ENDPOINT beside it.';

    expect(configure({ env: { OTEL_SERVICE_NAME: 'convoke' } }).config.notices).toContain(notice);
    expect(configure({ env: { ...ON, OTEL_SERVICE_NAME: 'convoke' } }).config.notices).not.toContain(notice);
  });

  test.each([
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318', /is "collector:4318\/v1\/traces"; write an address such as/],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'nowhere', /is "nowhere"; write an address such as/],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc', /is "grpc"; Convoke speaks http\/protobuf alone/],
    ['OTEL_EXPORTER_OTLP_TIMEOUT', '10s', /is "10s"; write milliseconds/],
    ['OTEL_EXPORTER_OTLP_TIMEOUT', '0', /is "0"; write milliseconds/],
    ['OTEL_TRACES_EXPORTER', 'zipkin', /is "zipkin"; write otlp, or none/],
    ['OTEL_TRACES_SAMPLER', 'always-on', /is "always-on"; write one of .* \(did you mean "always_on"\?\)$/],
    ['OTEL_SDK_DISABLED', 'yes', /is "yes"; write true or false/],
    ['OTEL_RESOURCE_ATTRIBUTES', 'team', /one of its parts is not name=value/],
    ['OTEL_RESOURCE_ATTRIBUTES', 'team=%E0', /one of its parts is not name=value/],
  ])('is refused when %s is %s', (name, value, problem) => {
    expect(problemsOf({ env: { ...ON, [name]: value } })).toEqual([
      expect.stringMatching(new RegExp(`^${name}: ${problem.source}`)),
    ]);
  });

  test.each(['2', '-0.1', '10%', ''])('is refused for a share of %s', (share) => {
    const env = { ...ON, OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: share };

    if (share === '') expect(tracingOf(env)?.sampler.ratio).toBe(1);
    else expect(problemsOf({ env })).toEqual([expect.stringContaining(`OTEL_TRACES_SAMPLER_ARG: is "${share}"`)]);
  });

  it('keeps what stands in the headers a secret', () => {
    const { config, secrets } = configure({ env: { ...ON, OTEL_EXPORTER_OTLP_HEADERS: 'api-key=se%2Ccret,x=1' } });

    expect(secrets.tracingHeaders).toEqual({ 'api-key': 'se,cret', x: '1' });
    expect(JSON.stringify(secrets) + JSON.stringify(config) + inspect(secrets)).not.toContain('cret,');
    expect(problemsOf({ env: { ...ON, OTEL_EXPORTER_OTLP_HEADERS: 'se-cret' } })).toEqual([
      'OTEL_EXPORTER_OTLP_HEADERS: one of its parts is not name=value; write them with commas between and %2C for a comma within',
    ]);
    const [problem = ''] = problemsOf({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://user:se-cret@collector' } });
    expect(problem).toMatch(/^OTEL_EXPORTER_OTLP_ENDPOINT: holds a user or a password/);
    expect(problem).not.toContain('se-cret');
  });
});
