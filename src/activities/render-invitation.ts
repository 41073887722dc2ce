import type { RenderedInvitation, RenderInvitationInput } from '../contract/activities';
import type { PlatformKey } from '../domain/model';
import { renderInvitation } from '../domain/rendering/render-invitation';
import type { PlatformSettings } from '../domain/settings';

export interface RenderingPorts {
  readonly settingsOf: (platform: PlatformKey) => PlatformSettings;
}

/** Its result is recorded before the event is created, so that a retried create posts the same bytes. */
export function createRenderingActivities(ports: RenderingPorts) {
  return {
    renderInvitation(input: RenderInvitationInput): Promise<RenderedInvitation> {
      return Promise.resolve(renderInvitation(ports.settingsOf(input.platform).render, input.inputs));
    },
  };
}
