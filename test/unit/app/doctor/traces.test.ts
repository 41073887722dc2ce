import { traces } from '../../../../src/app/doctor/checks/traces';
import { aContext, run, serving } from './a-context';

const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_EXPORTER_OTLP_HEADERS: 'api-key=se-cret' };

test('a collector that takes spans is green; it was sent none, with the headers that spans come with', async () => {
  const asked: { readonly url: string; readonly init: RequestInit }[] = [];
  const told = await run(traces, aContext({ env, fetch: serving({ '/v1/traces': {} }, asked) }));

  expect(told.lines).toEqual(['green traces collector']);
  expect(asked).toMatchObject([
    {
      url: 'http://collector:4318/v1/traces',
      init: { method: 'POST', headers: { 'api-key': 'se-cret', 'content-type': 'application/x-protobuf' } },
    },
  ]);
  expect(asked[0]?.init.body).toHaveLength(0);
});

test.each([
  [401, /OTEL_EXPORTER_OTLP_HEADERS/],
  [403, /OTEL_EXPORTER_OTLP_HEADERS/],
  [404, /http\/protobuf, port 4318/],
  [415, /http\/protobuf, port 4318/],
])('one that answers %s is red, and what to look at is told', async (status, advice) => {
  const told = await run(traces, aContext({ env, fetch: serving({ '/v1/traces': { status } }) }));

  expect(told.lines).toEqual(['red traces collector']);
  expect(told.text).toMatch(advice);
  expect(told.text).not.toContain('se-cret');
});

test('one that is not there is yellow: nothing else suffers', async () => {
  const told = await run(traces, aContext({ env }));

  expect(told.lines).toEqual(['yellow traces collector']);
  expect(told.text).toContain('nothing answers at http://collector:4318/v1/traces');
});

test('where none is named there is nothing to look at', async () => {
  expect((await run(traces, aContext())).findings).toEqual([]);
});
