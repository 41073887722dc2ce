import sanitizeHtml from 'sanitize-html';

/** What sanitising took away that a reader may miss. */
export type HtmlLoss = 'data-images' | 'insecure-images' | 'active-content';

export interface SanitizedHtml {
  readonly html: string;
  readonly losses: readonly HtmlLoss[];
}

const TAGS = [
  ...['p', 'br', 'hr', 'div', 'span', 'center', 'blockquote', 'pre', 'address', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
  ...['b', 'strong', 'i', 'em', 'u', 's', 'strike', 'del', 'ins', 'sub', 'sup', 'small', 'big', 'mark', 'font'],
  ...['abbr', 'cite', 'code', 'kbd', 'q', 'samp', 'var', 'a', 'img', 'ul', 'ol', 'li', 'dl', 'dt', 'dd'],
  ...['table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
];

/** What runs, embeds or asks for input: Outlook shows none of it. */
const ACTIVE = [
  ...['script', 'iframe', 'frame', 'object', 'embed', 'applet', 'video', 'audio', 'svg', 'math', 'canvas'],
  ...['form', 'input', 'button', 'select', 'textarea'],
];

/** Elements whose inside is no text for readers. */
const WITHOUT_TEXT = [
  ...['script', 'style', 'title', 'textarea', 'option', 'xmp', 'iframe', 'object', 'applet', 'noembed', 'noframes'],
  ...['template', 'svg', 'math', 'canvas', 'video', 'audio'],
];

/** No functions but colours: `url()` would fetch, `expression()` would run in old Outlooks. */
const PLAIN_CSS = [/^(?:rgba?\([\d\s.,%]+\)|[#\w\s.,%'"-])+$/i];
const STYLES = [
  ...['color', 'background', 'background-color', 'direction', 'letter-spacing', 'line-height', 'white-space'],
  ...['font', 'font-family', 'font-size', 'font-style', 'font-variant', 'font-weight'],
  ...[
    'text-align',
    'text-decoration',
    'text-indent',
    'text-transform',
    'vertical-align',
    'list-style',
    'list-style-type',
  ],
  ...['width', 'max-width', 'min-width', 'height', 'border-collapse', 'border-spacing', 'border-radius'],
  ...['margin', 'padding', 'border'].flatMap((box) => [
    box,
    ...['top', 'right', 'bottom', 'left'].map((s) => `${box}-${s}`),
  ]),
  ...['border-color', 'border-style', 'border-width'],
];

/**
 * Makes the rich text of Docebo fit for a mail: formatting, links, tables, lists and https images stay; whatever runs, embeds, loads or
 * submits goes. The result is balanced, whatever came in. Links and images that are relative are relative to the LMS.
 */
export function sanitizeRawHtml(html: string, { lmsBaseUri }: { readonly lmsBaseUri: string }): SanitizedHtml {
  const losses = new Set<HtmlLoss>();
  const clean = sanitizeHtml(html, {
    allowedTags: TAGS,
    nonTextTags: WITHOUT_TEXT,
    nestingLimit: 100,
    allowedAttributes: {
      '*': ['style', 'align', 'valign', 'width', 'height', 'bgcolor', 'dir', 'lang', 'title'],
      a: ['href', 'name', 'target'],
      img: ['src', 'alt', 'border'],
      font: ['color', 'face', 'size'],
      ol: ['start', 'type'],
      li: ['value'],
      table: ['border', 'cellpadding', 'cellspacing', 'summary'],
      th: ['colspan', 'rowspan', 'scope'],
      td: ['colspan', 'rowspan'],
      col: ['span'],
      colgroup: ['span'],
    },
    allowedStyles: { '*': Object.fromEntries(STYLES.map((name) => [name, PLAIN_CSS])) },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowedSchemesByTag: { img: ['https'] },
    allowProtocolRelative: false,
    onOpenTag: (tag) => {
      if (ACTIVE.includes(tag)) losses.add('active-content');
    },
    transformTags: {
      a: (tagName, { href, ...attribs }) => ({ tagName, attribs: withUrl(attribs, 'href', href, lmsBaseUri) }),
      img: (tagName, { src = '', ...attribs }) => {
        if (/^\s*data:/i.test(src)) {
          losses.add('data-images');
          return { tagName, attribs };
        }
        const shown = withUrl(attribs, 'src', src, lmsBaseUri);
        if (src.trim() !== '' && shown.src?.toLowerCase().startsWith('https:') !== true) losses.add('insecure-images');
        return { tagName, attribs: shown };
      },
    },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && attribs.src === undefined,
  });
  return { html: clean, losses: [...losses] };
}

function withUrl(
  attribs: sanitizeHtml.Attributes,
  attribute: 'href' | 'src',
  url: string | undefined,
  lmsBaseUri: string,
): sanitizeHtml.Attributes {
  const absolute = toAbsolute(url?.trim() ?? '', lmsBaseUri);
  return absolute === null ? attribs : { ...attribs, [attribute]: absolute };
}

/** null: an address within the page, which a mail has not, or none at all. */
function toAbsolute(url: string, lmsBaseUri: string): string | null {
  if (url === '' || url.startsWith('#')) return null;
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
  return URL.canParse(url, `https://${lmsBaseUri}/`) ? new URL(url, `https://${lmsBaseUri}/`).href : null;
}
