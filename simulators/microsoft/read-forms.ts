import type { FastifyInstance } from 'fastify';

/** Lets the routes of `app` take HTML forms: the body is an object of strings. */
export function readForms(app: FastifyInstance): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, parsed) =>
    parsed(null, Object.fromEntries(new URLSearchParams(body.toString()))),
  );
}
