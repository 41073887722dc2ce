import type { ApiRole } from '../../app/config/api-roles';

/** Who sent a request, as far as it was proved. */
export interface Principal {
  /** For the audit log and as `requestedBy`: `token:desk`, `oidc:Zk3vB1…`. Names a person only where the settings say so. */
  readonly id: string;
  readonly roles: readonly ApiRole[];
}

export function may({ roles }: Principal, role: ApiRole): boolean {
  return roles.includes(role) || (role === 'read' && roles.includes('operate'));
}

/** null: a token that opens nothing. Rejects when it cannot be known now. */
export type VerifyToken = (token: string) => Promise<Principal | null>;
