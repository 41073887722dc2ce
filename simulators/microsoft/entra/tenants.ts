import type { App, Mailbox } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';
import { refusals } from './entra-error';

/** The directory that all personal Microsoft accounts are in. */
export const CONSUMERS_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad';

/** What the first segment of an address of Entra's stands for. */
export type Tenant =
  | { readonly kind: 'common' | 'organizations' | 'consumers'; readonly name: string }
  | { readonly kind: 'one'; readonly name: string; readonly id: string };

/** @throws EntraError 90002 for a tenant that nobody knows. */
export function readTenant(state: SimulatorState, name: string): Tenant {
  const wanted = name.toLowerCase();
  if (wanted === 'common' || wanted === 'organizations' || wanted === 'consumers') return { kind: wanted, name };
  if (wanted === CONSUMERS_TENANT) return { kind: 'consumers', name };
  const ofApp = Object.values(state.data.apps).find(({ tenant }) =>
    [tenant.id, ...tenant.domains].some((known) => known.toLowerCase() === wanted),
  );
  const ofMailbox = Object.values(state.data.mailboxes).find(({ tenantId }) => tenantId.toLowerCase() === wanted);
  const id = ofApp?.tenant.id ?? ofMailbox?.tenantId;
  if (id === undefined) throw refusals.unknownTenant(name);
  return { kind: 'one', name, id };
}

/** @throws EntraError 700016 for an app that is not there. */
export function findApp(state: SimulatorState, tenant: Tenant, clientId: string | undefined): App {
  if (clientId === undefined) throw refusals.missing('client_id');
  const app = Object.values(state.data.apps).find((a) => a.clientId.toLowerCase() === clientId.toLowerCase());
  const isSeen =
    app !== undefined && (tenant.kind !== 'one' || app.tenant.id === tenant.id || app.audience !== 'AzureADMyOrg');
  if (!isSeen) throw refusals.unknownApp(clientId, tenant.name);
  return app;
}

/** @throws EntraError when an app signs nobody in at this address. */
export function checkAudience(app: App, tenant: Tenant): void {
  const { audience, clientId } = app;
  if (audience === 'PersonalMicrosoftAccount' && tenant.kind !== 'consumers') throw refusals.consumersOnly(clientId);
  if (audience === 'AzureADMyOrg' && (tenant.kind === 'common' || tenant.kind === 'organizations'))
    throw refusals.notMultiTenant(clientId, tenant.name);
  const isForWork = audience === 'AzureADMyOrg' || audience === 'AzureADMultipleOrgs';
  if (isForWork && tenant.kind === 'consumers') throw refusals.workOnly(clientId);
}

/** @throws EntraError 50020 when somebody's account does not belong where they sign in. */
export function checkPerson(app: App, tenant: Tenant, mailbox: Mailbox): void {
  const isPersonal = mailbox.tenantId === CONSUMERS_TENANT;
  const belongs = {
    common: !isPersonal || app.audience !== 'AzureADMultipleOrgs',
    organizations: !isPersonal,
    consumers: isPersonal,
    one: tenant.kind === 'one' && mailbox.tenantId === tenant.id,
  }[tenant.kind];
  if (!belongs) throw refusals.foreignAccount(tenant.name);
}
