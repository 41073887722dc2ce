import type { ItemBody } from '@microsoft/microsoft-graph-types';
import sanitizeHtml from 'sanitize-html';

const attributes = (
  'style class id align valign width height border cellpadding cellspacing bgcolor color dir lang title face size ' +
  'rowspan colspan href src alt name target rel'
).split(' ');

const tags = [
  ...sanitizeHtml.defaults.allowedTags,
  'img',
  'font',
  'center',
  'hr',
  's',
  'strike',
  'del',
  'ins',
  'big',
  'tt',
];

const head = '<html><head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>';

/**
 * What Exchange makes of a body: one html/head/body frame, no comments, no scripts, no attributes it does not know (data-*),
 * and, with `renameIds`, `x_` before every id and class; each further trip through a PATCH adds another one.
 */
export function normalizeBody(body: ItemBody | null | undefined, options: { readonly renameIds: boolean }): string {
  const content = body?.content ?? '';
  const inner =
    body?.contentType?.toLowerCase() === 'html' ? cleanHtml(content, options.renameIds) : textToHtml(content);
  return frame(inner);
}

export function frame(inner: string): string {
  return `${head}<body>${inner}</body></html>\r\n`;
}

/** Adds markup at the end of a normalised body. */
export function appendToBody(bodyHtml: string, markup: string): string {
  return bodyHtml.replace(/<\/body><\/html>\s*$/, () => `${markup}</body></html>\r\n`);
}

export function htmlToText(html: string): string {
  const lines = html.replace(/<(br|\/p|\/div|\/tr|\/li|\/h[1-6])\b[^>]*>\s*/gi, '\r\n');
  const text = sanitizeHtml(lines, { allowedTags: [], allowedAttributes: {} });
  return text
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_all, name: string) => entities[name] ?? '')
    .replace(/(\r?\n\s*){2,}/g, '\r\n\r\n')
    .trim();
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

function textToHtml(text: string): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return escaped === '' ? '' : `<div class="PlainText">${escaped.replace(/\r?\n/g, '<br>\r\n')}</div>`;
}

function cleanHtml(html: string, renameIds: boolean): string {
  return sanitizeHtml(html, {
    allowedTags: tags,
    allowedAttributes: { '*': attributes },
    allowedSchemes: ['http', 'https', 'mailto', 'tel', 'cid'],
    nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title'],
    parseStyleAttributes: false,
    transformTags: renameIds ? { '*': prefixNames } : {},
  });
}

function prefixNames(tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const renamed = { ...attribs };
  for (const name of ['id', 'class']) {
    const value = attribs[name];
    if (value !== undefined)
      renamed[name] = value
        .trim()
        .split(/\s+/)
        .map((word) => `x_${word}`)
        .join(' ');
  }
  return { tagName, attribs: renamed };
}
