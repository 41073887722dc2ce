import type { RenderSettings } from '../settings';
import { fillTemplate } from './fill-template';
import type { InvitationInputs } from './invitation-inputs';
import { toTemplateInputs } from './template-inputs';

export interface RenderedSubject {
  readonly text: string;
  readonly omissions: readonly SubjectOmission[];
}

export type SubjectOmission = 'subject-too-long' | 'subject-empty';

/** For platforms whose configuration names no subject. */
export const DEFAULT_SUBJECT_TEMPLATE =
  '{{course_name}}: {{session_name}}{{#event_name}} ({{event_name}}){{/event_name}}';

/** Exchange's limit, in UTF-16 units. */
const SUBJECT_LIMIT = 255;

/**
 * One line of plain text; `{{session_name}}` is the name here, whatever the body makes of it.
 * @throws ConfigError `TEMPLATE_SYNTAX`.
 */
export function renderSubject(settings: RenderSettings, inputs: InvitationInputs): RenderedSubject {
  const filled = fillTemplate(
    { name: 'the subject template', source: settings.subjectTemplate },
    {
      inputs: toTemplateInputs(settings, inputs, 'text'),
      escape: (text) => text,
      raw: (_name, text) => text,
    },
  );
  const text = filled.replace(/\s+/g, ' ').trim();
  if (text === '') return { text: `Session ${inputs.session_id}`, omissions: ['subject-empty'] };
  if (text.length <= SUBJECT_LIMIT) return { text, omissions: [] };
  return { text: `${cut(text, SUBJECT_LIMIT - 1)}…`, omissions: ['subject-too-long'] };
}

/** Never through the middle of a character. */
function cut(text: string, length: number): string {
  return text
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}
