import { AppError, ContractError } from '../../../domain/errors';
import type { ApiDefinition, ApiDefinitionSource, ApiOperation } from '../../../domain/inspection/facts';
import { readAnswerFields } from './api-schema';
import type { DoceboCaller, DoceboClient } from '../api/client';
import { isObject, toText, type JsonObject } from '../api/wire';

export interface ApiDefinitionOptions {
  readonly client: Pick<DoceboClient, 'withCalls'>;
  readonly baseUrl: string;
}

type Service = ApiDefinition['services'][number];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const INTERESTING = /rsvp|calendar|invit|session|event|classroom|location|instructor|enrol|learningplan|webhook/i;
const MAX_OPERATIONS = 400;
const LIST = '/manage/v1/site/microservices';

/**
 * What the platform's API browser is made from: a list of services, each with the address of its Swagger. Seen in a public client of Docebo's;
 * no document of Docebo's promises it.
 */
export function createApiDefinitionSource({ client, baseUrl }: ApiDefinitionOptions): ApiDefinitionSource {
  return {
    readDefinition: (wanted) =>
      client.withCalls({ calls: 2, priority: 'bulk' }, async (docebo) => {
        const known = new Set(wanted.map(canonicalPath));
        const services: Service[] = [];
        const operations: ApiOperation[] = [];
        for (const { service, url } of await listServices(docebo)) {
          const read = await readService(docebo, { url, baseUrl });
          if ('problem' in read) {
            services.push({ service, paths: 0, problem: read.problem });
            continue;
          }
          const all = toOperations(read.json);
          services.push({ service, paths: new Set(all.map(({ path }) => path)).size, problem: null });
          operations.push(...all.filter(({ path }) => known.has(canonicalPath(path)) || INTERESTING.test(path)));
        }
        const first = operations.filter(({ path }) => known.has(canonicalPath(path)));
        const others = operations.filter(({ path }) => !known.has(canonicalPath(path)));
        return { services, operations: [...first, ...others].slice(0, MAX_OPERATIONS) };
      }),
  };
}

/** One text for `/users/{id}` and `/users/{user_id}`. */
export function canonicalPath(path: string): string {
  return path
    .replace(/\{[?&][^}]*\}/g, '')
    .replace(/\?.*$/, '')
    .replace(/\{[^}]*\}/g, '{}')
    .replace(/\/+$/, '')
    .toLowerCase();
}

async function listServices(docebo: DoceboCaller): Promise<{ readonly service: string; readonly url: string }[]> {
  const json = await docebo.readAt('microservices', LIST);
  const data = isObject(json) ? json['data'] : undefined;
  if (!Array.isArray(data)) {
    throw new ContractError(`DOCEBO answered GET ${LIST} without a list "data"`, { code: 'DOCEBO_CONTRACT' });
  }
  return data.filter(isObject).flatMap((entry) => {
    const url = toText(entry['url']);
    return url === '' ? [] : [{ service: toText(entry['app']).slice(0, 40), url }];
  });
}

/** The token goes to the platform alone, wherever the list points. */
async function readService(
  docebo: DoceboCaller,
  at: { readonly url: string; readonly baseUrl: string },
): Promise<{ readonly json: JsonObject } | { readonly problem: string }> {
  const url = URL.canParse(at.url, at.baseUrl) ? new URL(at.url, at.baseUrl) : null;
  if (url === null || url.origin !== new URL(at.baseUrl).origin) return { problem: 'at another address' };
  try {
    const json = await docebo.readAt('swagger', `${url.pathname}${url.search}`);
    return isObject(json) ? { json } : { problem: 'no definition' };
  } catch (error) {
    if (error instanceof AppError && (error.kind === 'not-found' || error.kind === 'contract')) {
      return { problem: error.code };
    }
    throw error;
  }
}

function toOperations(definition: JsonObject): ApiOperation[] {
  const base = toText(definition['basePath']).replace(/\/+$/, '');
  const paths = isObject(definition['paths']) ? definition['paths'] : {};
  return Object.entries(paths).flatMap(([template, methods]) =>
    METHODS.flatMap((method): ApiOperation[] => {
      const operation = isObject(methods) ? methods[method] : undefined;
      if (!isObject(operation)) return [];
      const summary = toText(operation['summary']).slice(0, 120);
      const fields = readAnswerFields(operation, definition);
      return [{ method: method.toUpperCase(), path: `${base}${template}`, summary, fields }];
    }),
  );
}
