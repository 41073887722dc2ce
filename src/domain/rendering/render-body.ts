import { ConfigError } from '../errors';
import type { RenderSettings } from '../settings';
import { balanceHtml } from './balance-html';
import { toBodyFragment } from './body-fragment';
import { BODY_LIMIT_BYTES, byteLength } from './body-limit';
import { escapeHtml, fillTemplate, shownInputs } from './fill-template';
import type { InvitationInputs } from './invitation-inputs';
import { requireTokens } from './parse-template';
import type { TemplateSource } from './parse-template';
import { sanitizeRawHtml } from './sanitize-raw-html';
import type { HtmlLoss, SanitizedHtml } from './sanitize-raw-html';
import { toTemplateInputs, withTexts } from './template-inputs';
import type { TemplateInputs } from './template-inputs';

export interface RenderedBody {
  readonly html: string;
  readonly omissions: readonly BodyOmission[];
}

export type BodyOmission = HtmlLoss | 'body-too-large';

/**
 * The inside of a body element, well-formed and within the limit: while it is too large, its longest text gives way to a link.
 * @throws ConfigError `TEMPLATE_SYNTAX`; `TEMPLATE_TOO_LARGE` when the template alone exceeds the limit.
 */
export function renderBody(settings: RenderSettings, inputs: InvitationInputs): RenderedBody {
  const templateInputs = toTemplateInputs(settings, inputs, settings.sessionName);
  const template = { name: settings.bodyTemplateName, source: settings.bodyTemplate };
  const sanitize = sanitizeOnce(settings.lmsBaseUri);
  const withheld: string[] = [];
  let body = fillBody(template, { inputs: templateInputs, withheld, sanitize });
  if (byteLength(body.html) <= BODY_LIMIT_BYTES) return body;

  for (const name of longTexts(template, templateInputs, sanitize)) {
    withheld.push(name);
    body = fillBody(template, { inputs: templateInputs, withheld, sanitize });
    if (byteLength(body.html) <= BODY_LIMIT_BYTES) return body;
  }
  const message = `${template.name}: the body exceeds ${BODY_LIMIT_BYTES} bytes although every long text is left out; shorten the template`;
  throw new ConfigError([message], 'TEMPLATE_TOO_LARGE');
}

type Sanitize = (text: string) => SanitizedHtml;

function fillBody(
  template: TemplateSource,
  {
    inputs,
    withheld,
    sanitize,
  }: { readonly inputs: TemplateInputs; readonly withheld: readonly string[]; readonly sanitize: Sanitize },
): RenderedBody {
  const omissions = new Set<BodyOmission>(withheld.length > 0 ? ['body-too-large'] : []);
  const link = String(inputs.session_link);
  const html = fillTemplate(template, {
    inputs: withTexts(inputs, Object.fromEntries(withheld.map((name) => [name, link]))),
    escape: escapeHtml,
    raw: (name, text) => {
      if (withheld.includes(name)) return readInDocebo(link);
      const clean = sanitize(text);
      clean.losses.forEach((loss) => omissions.add(loss));
      return clean.html;
    },
  });
  return { html: balanceHtml(toBodyFragment(html)), omissions: [...omissions] };
}

/** Names of the inputs that a body may do without, longest first; measured as they are shown. */
function longTexts(template: TemplateSource, inputs: TemplateInputs, sanitize: Sanitize): string[] {
  const lengths = new Map<string, number>();
  for (const { name, raw } of shownInputs(requireTokens(template))) {
    const text = inputs[name];
    if (typeof text !== 'string') continue;
    const length = byteLength(raw ? sanitize(text).html : escapeHtml(text));
    lengths.set(name, Math.max(length, lengths.get(name) ?? 0));
  }
  const least = byteLength(readInDocebo(String(inputs.session_link)));
  return [...lengths]
    .filter(([, length]) => length > least)
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => name);
}

function readInDocebo(link: string): string {
  return `<a href="${escapeHtml(link)}">This text is too long for an invitation: read it in Docebo</a>`;
}

/** Texts may be large, and each is shown anew for every one that gives way. */
function sanitizeOnce(lmsBaseUri: string): Sanitize {
  const known = new Map<string, SanitizedHtml>();
  return (text) => {
    const clean = known.get(text) ?? sanitizeRawHtml(text, { lmsBaseUri });
    known.set(text, clean);
    return clean;
  };
}
