import { didYouMean } from '../closest-name';
import { ConfigError } from '../errors';
import type { RenderSettings } from '../settings';
import { BODY_LIMIT_BYTES, byteLength } from './body-limit';
import { parseTemplate, templatePlace } from './parse-template';
import type { TemplateProblem, TemplateSource, TemplateToken } from './parse-template';
import { isFlag, STANDARD_INPUTS } from './template-inputs';

type TemplateSettings = Pick<RenderSettings, 'bodyTemplate' | 'bodyTemplateName' | 'subjectTemplate'>;

/**
 * For start-up: a template that could fail later fails now.
 * @param additionalInputs the inputs that the configuration adds from Docebo's additional fields.
 * @throws ConfigError with all problems; its code is that of the first: TEMPLATE_SYNTAX, TEMPLATE_UNKNOWN_VARIABLE, TEMPLATE_TOO_LARGE.
 */
export function checkTemplate(settings: TemplateSettings, additionalInputs: readonly string[]): void {
  const problems = findTemplateProblems(settings, additionalInputs);
  const [first] = problems;
  if (first === undefined) return;
  throw new ConfigError(
    problems.map((p) => p.message),
    first.code,
  );
}

/** Every mistake in body and subject template, in the order of their lines. */
export function findTemplateProblems(
  settings: TemplateSettings,
  additionalInputs: readonly string[],
): TemplateProblem[] {
  const known = [...STANDARD_INPUTS, ...additionalInputs];
  const body = { name: settings.bodyTemplateName, source: settings.bodyTemplate };
  const subject = { name: 'the subject template', source: settings.subjectTemplate };
  return [...problemsOf(body, known), ...sizeProblems(body), ...problemsOf(subject, known)];
}

function problemsOf(template: TemplateSource, known: readonly string[]): TemplateProblem[] {
  if (template.source.trim() === '') {
    return [{ code: 'TEMPLATE_SYNTAX', message: `${template.name} is empty; leave the setting out for the default` }];
  }
  const parsed = parseTemplate(template);
  return parsed.kind === 'broken' ? [parsed.problem] : walk(template, parsed.tokens, known, null);
}

/** @param shown the nearest enclosing section over a text, which `{{.}}` shows. */
function walk(
  template: TemplateSource,
  tokens: readonly TemplateToken[],
  known: readonly string[],
  shown: string | null,
): TemplateProblem[] {
  return tokens.flatMap((token) => {
    if (token.kind === 'text') return [];
    if (token.kind === 'partial') return [refuse(template, token.start, `{{> ${token.name}}}`, PARTIALS)];
    const own = nameProblem(template, token, known, shown);
    if (token.kind === 'value') return own;
    const inside = token.inverted || isFlag(token.name) ? shown : token.name;
    return [...own, ...walk(template, token.children, known, inside)];
  });
}

const PARTIALS = 'includes another template, which invitations do not have; put its text here';
const EVALUATION = 'would have to be evaluated; templates only show values, so write the plain name of an input';

function nameProblem(
  template: TemplateSource,
  { name, start }: { readonly name: string; readonly start: number },
  known: readonly string[],
  shown: string | null,
): TemplateProblem[] {
  if (known.includes(name) || (name === '.' && shown !== null)) return [];
  if (/^[<$]/.test(name)) return [refuse(template, start, `{{${name}}}`, PARTIALS)];
  if (/[()|?:+*"' ]/.test(name)) return [refuse(template, start, `{{${name}}}`, EVALUATION)];
  return [
    {
      code: 'TEMPLATE_UNKNOWN_VARIABLE',
      message: `${templatePlace(template, start)}: there is no input {{${name}}}${didYouMean(name, known)}`,
    },
  ];
}

function refuse(template: TemplateSource, start: number, tag: string, why: string): TemplateProblem {
  return { code: 'TEMPLATE_SYNTAX', message: `${templatePlace(template, start)}: ${tag} ${why}` };
}

/** Half of the room is left for what the template shows. */
function sizeProblems(template: TemplateSource): TemplateProblem[] {
  const size = byteLength(template.source);
  if (size <= BODY_LIMIT_BYTES / 2) return [];
  const message = `${template.name} has ${size} bytes; an invitation's text may have ${BODY_LIMIT_BYTES}, so a template at most half of that`;
  return [{ code: 'TEMPLATE_TOO_LARGE', message }];
}
