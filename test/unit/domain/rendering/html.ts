import { Parser } from 'htmlparser2';

const VOID = ['br', 'hr', 'img', 'col', 'meta', 'link', 'input', 'wbr'];

/** What a reader sees: text with runs of blanks as one. */
export function visibleText(html: string): string {
  let text = '';
  const parser = new Parser({
    ontext: (piece) => {
      text += piece;
    },
    onopentagname: () => {
      text += ' ';
    },
  });
  parser.end(html);
  return text.replace(/\s+/g, ' ').trim();
}

/** Tags that are opened and not closed, or closed and not open; read tag by tag, without a browser's repairs. */
export function unbalancedTags(html: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [, slash, name = '', rest = ''] of html.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>/gi,
  )) {
    const tag = name.toLowerCase();
    if (VOID.includes(tag) || rest.endsWith('/')) continue;
    if (slash === '') open.push(tag);
    else if (open.at(-1) === tag) open.pop();
    else wrong.push(`/${tag}`);
  }
  return [...open, ...wrong];
}

/** All attributes of all elements, as a browser would see them. */
export function attributesOf(html: string): { tag: string; attributes: Record<string, string> }[] {
  const elements: { tag: string; attributes: Record<string, string> }[] = [];
  const parser = new Parser({ onopentag: (tag, attributes) => void elements.push({ tag, attributes }) });
  parser.end(html);
  return elements;
}
