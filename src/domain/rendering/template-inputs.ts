import type { RenderSettings } from '../settings';
import type { InvitationInputs } from './invitation-inputs';
import { toSessionLink } from './session-link';
import { toGuideSlug, toSessionSlug } from './session-slug';

/** The 21 inputs of Docebo Connect's message template. */
const GUIDE_INPUTS = [
  'course_id',
  'course_name',
  'course_description',
  'session_id',
  'session_name',
  'session_description',
  'event_id',
  'event_name',
  'event_description',
  'webinar_tool',
  'location_name',
  'location_address',
  'location_phone_number',
  'location_email',
  'location_direction',
  'location_accommodations',
  'location_other_info',
  'classroom_name',
  'classroom_details',
  'classroom_seats',
  'classroom_equipment',
] as const;

/** Its two flags: they decide over sections and are no text. */
const FLAG_INPUTS = ['is_location_present', 'is_classroom_present'] as const;

export function isFlag(name: string): boolean {
  return (FLAG_INPUTS as readonly string[]).includes(name);
}

const LINK_INPUTS = ['session_link', 'lms_base_uri', 'session_slug'] as const;

/** Every name that a template may use besides the additional inputs of the configuration. */
export const STANDARD_INPUTS: readonly string[] = [...GUIDE_INPUTS, ...FLAG_INPUTS, ...LINK_INPUTS];

/** What a template sees: text by name, and the flags. Without a prototype, so that no name reaches a function. */
export type TemplateInputs = Readonly<Record<string, string | boolean>>;

/**
 * @param sessionName `slug` makes `{{session_name}}` the slug, as Docebo Connect does after its guide's edit; the body may ask for
 * that, a subject never does.
 */
export function toTemplateInputs(
  settings: Pick<RenderSettings, 'lmsBaseUri' | 'sessionLink'>,
  inputs: InvitationInputs,
  sessionName: RenderSettings['sessionName'],
): TemplateInputs {
  const view = Object.create(null) as Record<string, string | boolean>;
  for (const [name, value] of Object.entries(inputs.extra)) view[name] = defined(value);
  for (const name of GUIDE_INPUTS) view[name] = defined(inputs[name]);
  for (const name of FLAG_INPUTS) view[name] = inputs[name];

  const session_slug = toSessionSlug(inputs.slug_name, inputs.session_name);
  view.session_slug = session_slug;
  view.lms_base_uri = settings.lmsBaseUri;
  view.session_link = toSessionLink(settings.sessionLink, {
    lms_base_uri: settings.lmsBaseUri,
    course_id: inputs.course_id,
    session_id: inputs.session_id,
    session_slug,
  });
  if (sessionName === 'slug') view.session_name = toGuideSlug(String(view.session_name));
  return view;
}

/** The inputs with other texts for some of them. */
export function withTexts(inputs: TemplateInputs, texts: Readonly<Record<string, string>>): TemplateInputs {
  return Object.assign(Object.create(null) as Record<string, string | boolean>, inputs, texts);
}

/**
 * Blank text counts as not defined, as in Docebo Connect (Rails' `present?`). Control characters and halves of surrogate pairs have no
 * place in HTML.
 */
function defined(value: string): string {
  const clean = value.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFFFE\uFFFF]|\p{Surrogate}/gu, '');
  return clean.trim() === '' ? '' : clean;
}
