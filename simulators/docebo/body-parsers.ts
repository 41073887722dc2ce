import type { FastifyInstance, FastifyRequest } from 'fastify';

type Form = Record<string, string | string[]>;

/** Forms, plain and multipart, as objects: a field that comes several times is an array. */
export function addBodyParsers(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => toForm(new URLSearchParams(body).entries()),
  );
  app.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      const type = request.headers['content-type'] ?? '';
      const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
      return toForm([...form.entries()].filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
    },
  );
}

function toForm(entries: Iterable<[string, string]>): Form {
  const form: Form = {};
  for (const [key, value] of entries) {
    const old = form[key];
    form[key] = old === undefined ? value : [old, value].flat();
  }
  return form;
}
