import { DomUtils, parseDocument } from 'htmlparser2';

const VOID = ['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr'];

/**
 * HTML in which every element that is opened is closed: what follows an invitation in an event's body (the marker, Teams' text) must not
 * end up inside of it. Balanced HTML comes back byte for byte; else tags are closed and strays dropped as browsers do. No text is lost.
 */
export function balanceHtml(html: string): string {
  if (isBalanced(html)) return html;
  const asWritten = { decodeEntities: false, encodeEntities: false } as const;
  return DomUtils.getOuterHTML(parseDocument(html, asWritten), asWritten);
}

/** Comments, elements of raw text, and single tags. */
const MARKUP =
  /<!--[\s\S]*?-->|<(style|script)\b[\s\S]*?<\/\1\s*>|<(?<slash>\/?)(?<tag>[a-z][a-z0-9:-]*)(?<rest>(?:"[^"]*"|'[^']*'|[^"'>])*)>/gi;

function isBalanced(html: string): boolean {
  const open: string[] = [];
  for (const { groups } of html.matchAll(MARKUP)) {
    const tag = groups?.['tag']?.toLowerCase();
    if (tag === undefined || VOID.includes(tag)) continue;
    if (groups?.['slash'] === '') open.push(tag);
    else if (open.pop() !== tag) return false;
  }
  return open.length === 0 && !/<(?:!--|\/?[a-z])/i.test(html.replace(MARKUP, ''));
}
