import type { RenderSettings } from '../settings';
import type { InvitationInputs } from './invitation-inputs';
import { renderBody } from './render-body';
import type { BodyOmission } from './render-body';
import { renderSubject } from './render-subject';
import type { SubjectOmission } from './render-subject';

/**
 * What the recipient does not see although Docebo has it: `body-too-large` (texts replaced by a link), `data-images` (images inside the
 * text itself), `insecure-images` (images not served by https), `active-content` (scripts, frames, videos, forms), `subject-too-long`
 * (cut), `subject-empty` (replaced).
 */
export type InvitationOmission = BodyOmission | SubjectOmission;

export interface RenderedInvitation {
  readonly subject: string;
  /** The inside of a body element, well-formed, at most `BODY_LIMIT_BYTES` in UTF-8. */
  readonly html: string;
  readonly omissions: readonly InvitationOmission[];
}

/**
 * Subject and body of one event's invitation. The same inputs and settings always give the same text.
 * @throws ConfigError `TEMPLATE_SYNTAX`; `TEMPLATE_TOO_LARGE` when the template alone exceeds the limit. `checkTemplate` finds both at start.
 */
export function renderInvitation(settings: RenderSettings, inputs: InvitationInputs): RenderedInvitation {
  const subject = renderSubject(settings, inputs);
  const body = renderBody(settings, inputs);
  return { subject: subject.text, html: body.html, omissions: [...subject.omissions, ...body.omissions].sort() };
}
