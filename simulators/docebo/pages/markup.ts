/** A piece of HTML that needs no escaping any more. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | boolean | null | undefined | readonly Part[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

/** Builds HTML; whatever is put in is escaped unless it is markup itself. Lists are joined; null, undefined and booleans give nothing. */
export function markup(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(strings.reduce((html, text, index) => html + toText(parts[index - 1]) + text));
}

function toText(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return part.map(toText).join('');
  if (typeof part === 'string' || typeof part === 'number') return escapeText(String(part));
  return '';
}
