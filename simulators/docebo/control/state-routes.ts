import type { FastifyInstance } from 'fastify';
import { CommandError } from '../academy/command-error';
import { emptyAcademy, type AcademyState } from '../academy/model';
import type { Tenant } from '../tenant';
import { defaultSettings, type TenantSettings } from '../tenant-settings';
import type { SavedOutbox } from '../webhooks/outbox';
import type { RegistryState } from '../webhooks/registry';

/** Everything that outlives a restart. Tokens do not: callers ask for new ones. */
interface SavedTenant {
  readonly v: 1;
  readonly academy: AcademyState;
  readonly settings: TenantSettings;
  readonly webhooks: RegistryState;
  readonly outbox: SavedOutbox;
  readonly clockOffsetMs: number;
}

/** Save, restore, start afresh; the clock, the settings, the oddities and the call counts. */
export function stateRoutes(app: FastifyInstance, tenant: Tenant): void {
  app.get('/__control/state', async () => save(tenant));
  app.put('/__control/state', async (request, reply) => {
    restore(tenant, request.body as SavedTenant);
    return reply.code(204).send();
  });
  app.post('/__control/reset', async (_request, reply) => {
    reset(tenant);
    return reply.code(204).send();
  });

  app.get('/__control/clock', async () => ({ now: tenant.clock.now().toISOString() }));
  app.post<{ Body: { advanceMs: number } }>('/__control/clock', async (request) => {
    const { advanceMs } = request.body;
    if (!Number.isFinite(advanceMs) || advanceMs < 0) throw new CommandError(400, 'advanceMs must be 0 or more');
    tenant.clock.advance(advanceMs);
    tenant.sender.pump();
    return { now: tenant.clock.now().toISOString() };
  });

  app.get('/__control/settings', async () => tenant.settings);
  app.patch('/__control/settings', async (request) => tenant.changeSettings(request.body));

  app.get('/__control/oddities', async () => tenant.oddities.list());
  app.post('/__control/oddities', async (request) => ({ id: tenant.oddities.arm(request.body) }));
  app.delete<{ Querystring: { id?: string } }>('/__control/oddities', async (request, reply) => {
    tenant.oddities.disarm(request.query.id);
    return reply.code(204).send();
  });

  app.get('/__control/calls', async () => tenant.calls.report());
  app.delete('/__control/calls', async (_request, reply) => {
    tenant.calls.reset();
    return reply.code(204).send();
  });
  app.post('/__control/tokens/revoke', async (_request, reply) => {
    tenant.tokens.revokeAll();
    return reply.code(204).send();
  });
}

function save(tenant: Tenant): SavedTenant {
  return {
    v: 1,
    academy: tenant.academy.state,
    settings: tenant.settings,
    webhooks: tenant.webhooks.save(),
    outbox: tenant.sender.save(),
    clockOffsetMs: tenant.clock.offset(),
  };
}

function restore(tenant: Tenant, saved: SavedTenant): void {
  if (saved?.v !== 1) throw new CommandError(400, 'this is no state that GET /__control/state gave (v must be 1)');
  tenant.clock.setOffset(saved.clockOffsetMs);
  tenant.putSettings({ ...saved.settings, lag: { mode: 'none' } });
  tenant.academy.replace(saved.academy);
  tenant.webhooks.load(saved.webhooks);
  tenant.putSettings(saved.settings);
  tenant.sender.load(saved.outbox);
}

function reset(tenant: Tenant): void {
  tenant.clock.setOffset(0);
  tenant.putSettings(defaultSettings);
  tenant.academy.replace(emptyAcademy());
  tenant.webhooks.load({ webhooks: [], audit: [], lastId: 0 });
  tenant.sender.load({ deliveries: [], lastSeq: 0 });
  tenant.oddities.disarm();
  tenant.calls.reset();
  tenant.tokens.revokeAll();
}
