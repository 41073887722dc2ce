import type { FastifyInstance } from 'fastify';

export function openapiRoute(scope: FastifyInstance): void {
  scope.get(
    '/openapi.json',
    {
      logLevel: 'warn',
      schema: {
        operationId: 'openapi',
        tags: ['health'],
        summary: 'This document',
        response: { 200: { description: 'OpenAPI 3.1.', type: 'object', additionalProperties: true } },
      },
    },
    async () => scope.swagger(),
  );
}
