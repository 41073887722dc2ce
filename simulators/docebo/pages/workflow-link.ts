import type { Tenant } from '../tenant';
import { markup, type Markup } from './markup';

/** To the workflow that keeps this session's invitations, in Temporal's Web UI; nothing when the simulator does not know where that is. */
export function workflowLink(tenant: Tenant, sessionId: number, text: string, css = ''): Markup | null {
  const { temporalUi, platform } = tenant.options;
  if (temporalUi === undefined) return null;
  const workflowId = encodeURIComponent(`session/${platform}/${sessionId}`);
  const url = `${temporalUi.url}/namespaces/${encodeURIComponent(temporalUi.namespace)}/workflows/${workflowId}`;
  return markup`<a class="${css}" href="${url}" target="_blank" rel="noopener">${text} ↗</a>`;
}
