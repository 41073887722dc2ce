import { platformWorkflowId, sessionWorkflowId } from '../contract/ids';
import { WORKFLOWS } from '../contract/messages';
import { SEARCH_ATTRIBUTES as SA, type SyncStatus } from '../contract/search-attributes';
import type { DigestLinks } from '../domain/failures/digest-view';

export interface WebUiSettings {
  /** Address of Temporal's Web UI without a slash at the end; null: not known. */
  readonly url: string | null;
  readonly namespace: string;
}

/** Addresses of workflows in Temporal's Web UI: always of the newest run. */
export function createWebUiLinks({ url, namespace }: WebUiSettings): DigestLinks {
  const workflows = url === null ? null : `${url}/namespaces/${encodeURIComponent(namespace)}/workflows`;
  const of = (workflowId: string): string | null =>
    workflows === null ? null : `${workflows}/${encodeURIComponent(workflowId)}`;
  const status: SyncStatus = 'error';
  const failing = `WorkflowType="${WORKFLOWS.courseSession}" AND ${SA.status.name}="${status}"`;
  return {
    session: (ref) => of(sessionWorkflowId(ref)),
    platform: (platform) => of(platformWorkflowId(platform)),
    workflow: of,
    failing: workflows === null ? null : `${workflows}?query=${encodeURIComponent(failing)}`,
  };
}
