import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';

/** Operations that take a body and do without: the plugin takes every body for required. */
const BODY_MAY_BE_MISSING: readonly unknown[] = ['planSession', 'resyncSession', 'holdSession', 'releaseSession'];

/** Head of the OpenAPI document; the rest comes from the routes' schemas. `docs/openapi.json` is its copy, checked by a test. */
export const OPENAPI: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Convoke',
      version: '1.0.0',
      description: 'Keeps Outlook calendars in step with instructor-led training in Docebo.',
      license: { name: 'MIT', identifier: 'MIT' } as { name: string },
    },
    tags: [
      { name: 'ingress', description: "Docebo's webhooks." },
      { name: 'health', description: 'For load balancers and supervisors.' },
      { name: 'operator', description: 'Sessions: how they are, and what to do about them.' },
      { name: 'codec', description: "For Temporal's Web UI and CLI." },
    ],
    components: {
      securitySchemes: {
        doceboWebhook: { type: 'http', scheme: 'basic', description: "The webhook's user name and password." },
        codecToken: { type: 'http', scheme: 'bearer', description: 'A token with the role `decode`.' },
        apiToken: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A token of CONVOKE_API_TOKENS, or an access token of the identity provider, with the role `read` or `operate`.',
        },
      },
    },
  },
  transformObject(document) {
    if (!('openapiObject' in document)) return document.swaggerObject;
    for (const item of Object.values(document.openapiObject.paths ?? {})) {
      const post = item !== undefined && 'post' in item ? item.post : undefined;
      const body = post?.requestBody;
      if (body !== undefined && !('$ref' in body) && BODY_MAY_BE_MISSING.includes(post?.operationId))
        body.required = false;
    }
    return document.openapiObject;
  },
  refResolver: {
    // Component names: the schemas' own ids.
    buildLocalReference: (json, _baseUri, _fragment, i) => (typeof json.$id === 'string' ? json.$id : `schema${i}`),
  },
};
