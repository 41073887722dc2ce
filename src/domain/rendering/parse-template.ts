import Mustache from 'mustache';
import { ConfigError } from '../errors';

/** One piece of a parsed template. Offsets count characters of the source. */
export type TemplateToken =
  | { readonly kind: 'text'; readonly text: string; readonly start: number }
  | { readonly kind: 'value'; readonly name: string; readonly start: number; readonly raw: boolean }
  | { readonly kind: 'partial'; readonly name: string; readonly start: number }
  | {
      readonly kind: 'section';
      /** `{{^name}}`: shown when there is no such text. */
      readonly inverted: boolean;
      readonly name: string;
      readonly start: number;
      readonly children: readonly TemplateToken[];
    };

/** A mistake in a template; `message` names template and line. */
export interface TemplateProblem {
  readonly code: 'TEMPLATE_SYNTAX' | 'TEMPLATE_UNKNOWN_VARIABLE' | 'TEMPLATE_TOO_LARGE';
  readonly message: string;
}

export interface TemplateSource {
  /** File name or the like, for messages. */
  readonly name: string;
  readonly source: string;
}

export type ParsedTemplate =
  | { readonly kind: 'parsed'; readonly tokens: readonly TemplateToken[] }
  | { readonly kind: 'broken'; readonly problem: TemplateProblem };

export function parseTemplate(template: TemplateSource): ParsedTemplate {
  try {
    return { kind: 'parsed', tokens: toTokens(Mustache.parse(template.source)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'broken', problem: { code: 'TEMPLATE_SYNTAX', message: explain(template, reason) } };
  }
}

/** @throws ConfigError `TEMPLATE_SYNTAX`. */
export function requireTokens(template: TemplateSource): readonly TemplateToken[] {
  const parsed = parseTemplate(template);
  if (parsed.kind === 'broken') throw new ConfigError([parsed.problem.message], parsed.problem.code);
  return parsed.tokens;
}

/** `invitation.html line 12`. */
export function templatePlace({ name, source }: TemplateSource, offset: number): string {
  return `${name} line ${source.slice(0, offset).split('\n').length}`;
}

function toTokens(spans: ReturnType<typeof Mustache.parse>): TemplateToken[] {
  return spans.flatMap((span): TemplateToken[] => {
    const [type, name, start] = span;
    switch (type) {
      case 'text':
        return [{ kind: 'text', text: name, start }];
      case 'name':
      case '&':
        return [{ kind: 'value', name, start, raw: type === '&' }];
      case '>':
        return [{ kind: 'partial', name, start }];
      case '#':
      case '^': {
        const children = Array.isArray(span[4]) ? toTokens(span[4]) : [];
        return [{ kind: 'section', name, start, inverted: type === '^', children }];
      }
      case '!':
      case '=':
        return [];
    }
  });
}

/** Mustache's own messages count characters and, for a section left open, give the place where it noticed. */
function explain(template: TemplateSource, reason: string): string {
  const unopened = /^Unopened section "([^"]*)" at (\d+)$/.exec(reason);
  if (unopened !== null) {
    const [, name = '', at] = unopened;
    return `${templatePlace(template, Number(at))}: {{/${name}}} closes a section that is not open; remove it or write {{#${name}}} before it`;
  }
  const unclosed = /^Unclosed section "([^"]*)" at (\d+)$/.exec(reason);
  if (unclosed !== null) {
    const [, name = '', at] = unclosed;
    const opened = lastOpening(template.source.slice(0, Number(at)), name);
    return `${templatePlace(template, opened ?? Number(at))}: the section {{#${name}}} is not closed; write {{/${name}}} after it, or {{${name}}} if it should just be shown`;
  }
  const unclosedTag = /^Unclosed tag at (\d+)$/.exec(reason);
  if (unclosedTag !== null) {
    const opened = template.source.lastIndexOf('{{', Number(unclosedTag[1]));
    const tag = template.source.slice(opened).split('\n')[0]?.slice(0, 40) ?? '';
    return `${templatePlace(template, opened)}: the tag ${tag} is not closed; tags end with }} (and {{{ with }}})`;
  }
  return `${template.name}: ${reason}`;
}

function lastOpening(source: string, name: string): number | null {
  const openings = [...source.matchAll(/\{\{\s*[#^]\s*([^}]*?)\s*\}\}/g)].filter(([, opened]) => opened === name);
  return openings.at(-1)?.index ?? null;
}
