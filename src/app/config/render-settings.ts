import path from 'node:path';
import type { PlatformKey } from '../../domain/model';
import { findTemplateProblems } from '../../domain/rendering/check-template';
import { DEFAULT_SUBJECT_TEMPLATE } from '../../domain/rendering/render-subject';
import { findSessionLinkProblems } from '../../domain/rendering/session-link';
import { STANDARD_INPUTS } from '../../domain/rendering/template-inputs';
import type { RenderSettings } from '../../domain/settings';
import { readReferredFile } from './config-context';
import type { ConfigContext } from './config-context';
import type { PlatformSection } from './settings-file';
import { isShipped } from './shipped';

const DEFAULT_BODY = 'invitation';

/** Templates and links of a platform; null, and reports, when a template cannot be read or does not work. */
export function toRenderSettings(
  context: ConfigContext,
  key: PlatformKey,
  section: PlatformSection,
): RenderSettings | null {
  const { body = DEFAULT_BODY, subject = DEFAULT_SUBJECT_TEMPLATE, sessionName = 'text' } = section.templates ?? {};
  const additionalInputs = checkAdditionalInputs(context, key, section);
  const file = isShipped(body) ? `templates/${body}.html` : body;
  const bodyTemplate = readReferredFile(context, {
    path: file,
    base: isShipped(body) ? 'package' : 'settings',
    at: ['platforms', key, 'templates', 'body'],
  });
  if (bodyTemplate === null) return null;

  const settings: RenderSettings = {
    bodyTemplate,
    bodyTemplateName: file,
    subjectTemplate: subject,
    sessionName,
    lmsBaseUri: section.lmsBaseUri ?? hostOf(section.baseUrl),
    sessionLink: section.sessionLink ?? defaultLink(section.baseUrl),
  };
  const templateProblems = findTemplateProblems(settings, additionalInputs);
  const linkProblems = findSessionLinkProblems(settings.sessionLink);
  templateProblems.forEach(({ message }) => context.report(['platforms', key, 'templates'], message));
  linkProblems.forEach((problem) => context.report(['platforms', key, 'sessionLink'], problem));
  return templateProblems.length + linkProblems.length > 0 ? null : settings;
}

/** null: the template comes with Convoke. */
export function toTemplateFile(
  { settingsFolder }: Pick<ConfigContext, 'settingsFolder'>,
  { templates }: Pick<PlatformSection, 'templates'>,
): string | null {
  const body = templates?.body ?? DEFAULT_BODY;
  return isShipped(body) ? null : path.resolve(settingsFolder, body);
}

function checkAdditionalInputs(context: ConfigContext, key: PlatformKey, section: PlatformSection): string[] {
  const names = Object.keys(section.additionalInputs ?? {});
  for (const name of names.filter((n) => STANDARD_INPUTS.includes(n))) {
    context.report(
      ['platforms', key, 'additionalInputs', name],
      'is an input that every template has already; choose another name',
    );
  }
  return names;
}

/** The base address has been judged elsewhere; a wrong one makes no second report. */
function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : 'unknown';
}

/** The spelling of the guide's text; its example has `/learn/course/`. */
function defaultLink(baseUrl: string): string {
  const scheme = baseUrl.startsWith('http:') ? 'http' : 'https';
  return `${scheme}://{lms_base_uri}/learn/courses/{course_id}/session/{session_id}/{session_slug}`;
}
