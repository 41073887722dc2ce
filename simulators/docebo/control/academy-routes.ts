import type { FastifyInstance } from 'fastify';
import type { CommandCall } from '../academy/academy';
import { commands } from '../academy/commands';
import { CommandError } from '../academy/command-error';
import { truthOf } from '../academy/truth';
import type { Tenant } from '../tenant';

/** Read the truth, change it by commands. Answers name the webhook messages that a change queued. */
export function academyRoutes(app: FastifyInstance, tenant: Tenant): void {
  app.get('/__control/academy', async () => ({
    platform: tenant.options.platform,
    domain: tenant.options.domain,
    now: tenant.clock.now().toISOString(),
    ...truthOf(tenant.academy),
  }));

  app.get('/__control/academy/commands', async () => Object.keys(commands));

  /** Body: the command's arguments, and `silent: true` for a change whose webhooks get lost at the source. */
  app.post<{ Params: { command: string } }>('/__control/academy/:command', async (request) => {
    const { silent, ...args } = objectOf(request.body);
    const { results, messageIds } = run(tenant, [{ command: request.params.command, args }], silent);
    return { result: results[0], messageIds };
  });

  /** Body: `{ commands: [{ command, args }], silent? }`: one process, all of it or nothing, grouped as such. */
  app.post('/__control/academy/batch', async (request) => {
    const { commands: calls, silent } = objectOf(request.body);
    if (!Array.isArray(calls)) throw new CommandError(400, 'give { "commands": [{ "command": name, "args": {...} }] }');
    return run(tenant, calls as CommandCall[], silent);
  });
}

function run(tenant: Tenant, calls: readonly CommandCall[], silent: unknown) {
  const before = tenant.sender.lastSeq;
  const results = tenant.academy.run(calls, { silent: silent === true });
  return { results, messageIds: tenant.sender.messageIdsSince(before) };
}

function objectOf(body: unknown): Record<string, unknown> {
  if (body === null || body === undefined) return {};
  if (typeof body === 'object' && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new CommandError(400, 'the body must be a JSON object');
}
