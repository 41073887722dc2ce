import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { InvitationInputs } from '../../../../src/domain/rendering/invitation-inputs';
import { DEFAULT_SUBJECT_TEMPLATE } from '../../../../src/domain/rendering/render-subject';
import type { RenderSettings } from '../../../../src/domain/settings';

/** The example of Docebo Connect's guide, with every input filled. */
export function someInputs(changes: Partial<InvitationInputs> = {}): InvitationInputs {
  return {
    course_id: '190',
    course_name: 'Working at heights',
    course_description: '<p>Harness, anchor, rescue.</p>',
    session_id: '54',
    session_name: 'Example Session',
    session_description: '<p>Two days, <b>one</b> exam.</p>',
    event_id: '901',
    event_name: 'Day 1',
    event_description: '<p>Theory.</p>',
    webinar_tool: 'Zoom',
    location_name: 'Head office',
    location_address: '1 Main Street, Milan',
    location_phone_number: '+39 02 000000',
    location_email: 'desk@example.com',
    location_direction: '<p>Metro line 3.</p>',
    location_accommodations: '<p>Hotel next door.</p>',
    location_other_info: '<p>Bring an id card.</p>',
    classroom_name: 'Aula 4',
    classroom_details: '<p>Third floor.</p>',
    classroom_seats: '24',
    classroom_equipment: '<ul><li>Projector</li></ul>',
    is_location_present: true,
    is_classroom_present: true,
    slug_name: null,
    extra: {},
    ...changes,
  };
}

/** A session of which Docebo knows the least. */
export const BARE_INPUTS = someInputs({
  course_description: '',
  session_description: '',
  event_name: '',
  event_description: '',
  webinar_tool: '',
  location_name: '',
  location_address: '',
  location_phone_number: '',
  location_email: '',
  location_direction: '',
  location_accommodations: '',
  location_other_info: '',
  classroom_name: '',
  classroom_details: '',
  classroom_seats: '',
  classroom_equipment: '',
  is_location_present: false,
  is_classroom_present: false,
});

export function someSettings(changes: Partial<RenderSettings> = {}): RenderSettings {
  return {
    bodyTemplate: '{{course_name}}',
    bodyTemplateName: 'invitation.html',
    subjectTemplate: DEFAULT_SUBJECT_TEMPLATE,
    sessionName: 'text',
    lmsBaseUri: 'platform.example.com',
    sessionLink: 'https://{lms_base_uri}/learn/courses/{course_id}/session/{session_id}/{session_slug}',
    ...changes,
  };
}

export function shippedTemplate(name: 'invitation' | 'docebo-connect'): string {
  return readFileSync(path.resolve(__dirname, '../../../../templates', `${name}.html`), 'utf8');
}

export function golden(file: string): string {
  return readFileSync(path.join(__dirname, 'golden', file), 'utf8');
}
