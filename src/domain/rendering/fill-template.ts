import Mustache from 'mustache';
import { requireTokens } from './parse-template';
import type { TemplateSource, TemplateToken } from './parse-template';
import { isFlag } from './template-inputs';
import type { TemplateInputs } from './template-inputs';

export interface TemplateFilling {
  readonly inputs: TemplateInputs;
  /** How `{{name}}` is shown. */
  readonly escape: (text: string) => string;
  /** How `{{&name}}` and `{{{name}}}` are shown between tags; inside a tag or a comment they are escaped like the others. */
  readonly raw: (name: string, text: string) => string;
}

/**
 * Fills a Mustache template. An input that is empty or missing shows nothing, and its section is left out.
 * @throws ConfigError `TEMPLATE_SYNTAX`.
 */
export function fillTemplate(template: TemplateSource, { inputs, escape, raw }: TemplateFilling): string {
  const insideTags = findInsideTags(requireTokens(template));
  const writer = new Mustache.Writer();
  writer.unescapedValue = ([, name, start], context) => {
    const text = toText(context.lookup(String(name)));
    return insideTags.has(Number(start)) ? escape(text) : raw(String(name), text);
  };
  return writer.render(template.source, inputs, undefined, { escape: (value) => escape(toText(value)) });
}

export interface ShownInput {
  readonly name: string;
  readonly raw: boolean;
}

/**
 * The inputs whose text a template shows, and how.
 * @param section the enclosing one, whose text `{{.}}` shows.
 */
export function shownInputs(tokens: readonly TemplateToken[], section = ''): ShownInput[] {
  return tokens.flatMap((token): ShownInput[] => {
    if (token.kind === 'text' || token.kind === 'partial') return [];
    if (token.kind === 'value') return [{ name: token.name === '.' ? section : token.name, raw: token.raw }];
    return shownInputs(token.children, token.inverted || isFlag(token.name) ? section : token.name);
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
  '=': '&#61;',
};

/** For HTML text and for attribute values, quoted or not. Shows as what it was; a slash needs no escape in either. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`=]/g, (character) => String(ENTITIES[character]));
}

/** Nothing in an input is ever run. */
function toText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' ? String(value) : '';
}

/** Offsets of the raw tags that stand inside an HTML tag or a comment, where sanitised HTML would break out. */
function findInsideTags(tokens: readonly TemplateToken[]): ReadonlySet<number> {
  const found = new Set<number>();
  let place: HtmlPlace = { kind: 'text' };
  const visit = (token: TemplateToken): void => {
    if (token.kind === 'text') place = follow(place, token.text);
    if (token.kind === 'value' && token.raw && place.kind !== 'text') found.add(token.start);
    if (token.kind === 'section') token.children.forEach(visit);
  };
  tokens.forEach(visit);
  return found;
}

type HtmlPlace =
  { readonly kind: 'text' } | { readonly kind: 'comment' } | { readonly kind: 'tag'; readonly quote: string };

const NEXT = { text: /<!--|<(?=[a-z/!?])/gi, comment: /-->/g, tag: /["'>]/g };

function follow(from: HtmlPlace, text: string): HtmlPlace {
  let place = from;
  let offset = 0;
  for (;;) {
    const pattern = new RegExp(NEXT[place.kind]);
    pattern.lastIndex = offset;
    const match = pattern.exec(text);
    if (match === null) return place;
    place = after(place, match[0]);
    offset = match.index + match[0].length;
  }
}

function after(place: HtmlPlace, mark: string): HtmlPlace {
  switch (place.kind) {
    case 'text':
      return mark === '<!--' ? { kind: 'comment' } : { kind: 'tag', quote: '' };
    case 'comment':
      return { kind: 'text' };
    case 'tag':
      if (place.quote !== '') return mark === place.quote ? { kind: 'tag', quote: '' } : place;
      return mark === '>' ? { kind: 'text' } : { kind: 'tag', quote: mark };
  }
}
