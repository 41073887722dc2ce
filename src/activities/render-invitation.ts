import type { RenderedInvitation, RenderInvitationInput } from '../contract/activities';
import type { PlatformKey } from '../domain/model';
import { renderInvitation } from '../domain/rendering/render-invitation';
import type { RenderSettings } from '../domain/settings';

export interface RenderingPorts {
  /** As the template is now. @throws ConfigError `TEMPLATE_*`. */
  readonly renderSettingsOf: (platform: PlatformKey) => Promise<RenderSettings>;
}

/** Its result is recorded before the event is created, so that a retried create posts the same bytes. */
export function createRenderingActivities(ports: RenderingPorts) {
  return {
    async renderInvitation({ platform, inputs }: RenderInvitationInput): Promise<RenderedInvitation> {
      return renderInvitation(await ports.renderSettingsOf(platform), inputs);
    },
  };
}
