import type { Reading } from '../wire/reading';
import { isObject, type Json } from '../wire/json';
import type { Endpoint } from './endpoint';
import { samples } from './swagger-samples';

/** Services of a platform, from the paths of their endpoints: `/course/v1/...` is `course`. */
export function servicesOf(endpoints: readonly Endpoint[]): string[] {
  return [...new Set(endpoints.map((endpoint) => endpoint.path.split('/')[1] ?? ''))];
}

/** Swagger 2.0 of one service, as each tenant serves it about itself, with the tenant's own names. */
export function swaggerOf(service: string, endpoints: readonly Endpoint[], reading: Reading): Json {
  const base = `/${service}/v1`;
  const paths: Record<string, Json> = {};
  for (const { method, path, kind, summary } of endpoints) {
    if (!path.startsWith(`${base}/`)) continue;
    const template = path.slice(base.length).replaceAll(/:(\w+)/g, '{$1}');
    paths[template] = { ...paths[template], [method.toLowerCase()]: operation(service, template, kind, summary) };
  }
  const definitions = Object.fromEntries(Object.entries(samples(reading)).map(([kind, s]) => [kind, schemaOf(s)]));
  return {
    swagger: '2.0',
    info: { title: service, version: '1.0.0' },
    basePath: base,
    tags: [{ name: service }],
    paths,
    definitions,
  };
}

function operation(service: string, template: string, kind: string, summary: string): Json {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  return {
    tags: [service],
    summary,
    operationId: kind,
    parameters: names.map((name) => ({ name, in: 'path', required: true, type: 'integer' })),
    responses: { 200: { description: 'OK', schema: { $ref: `#/definitions/${kind}` } } },
  };
}

/** The schema that a sample has. */
function schemaOf(sample: unknown): Json {
  if (Array.isArray(sample)) return { type: 'array', items: sample.length > 0 ? schemaOf(sample[0]) : {} };
  if (isObject(sample)) {
    const properties = Object.entries(sample).map(([key, value]) => [key, schemaOf(value)] as const);
    return { type: 'object', properties: Object.fromEntries(properties) };
  }
  return { type: sample === null ? 'string' : typeof sample };
}
