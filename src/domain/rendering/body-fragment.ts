/**
 * The inside of a rendered document's body, since an invitation's body belongs to Exchange, which wraps it in a document of its own.
 * Style sheets of the head come along; attributes of `<body>` move to a `<div>`. Text that is no document stays as it is.
 * Values cannot confuse this: they are escaped or sanitised, so every document tag is the template's.
 */
export function toBodyFragment(html: string): string {
  const body = /<body\b([^>]*)>/i.exec(html);
  if (body === null) return withoutDocumentTags(html);
  const [tag, attributes = ''] = body;
  const rest = html.slice(body.index + tag.length);
  const end = rest.search(/<\/body\s*>/i);
  const inside = (end === -1 ? rest.replace(/<\/html\s*>/i, '') : rest.slice(0, end)).trim();
  const wrapped = attributes.trim() === '' ? inside : `<div${attributes}>${inside}</div>`;
  return [...styleSheets(html.slice(0, body.index)), wrapped].join('\n');
}

function withoutDocumentTags(html: string): string {
  return html
    .replace(/<!doctype[^>]*>/gi, '')
    .replace(/<head\b[\s\S]*?<\/head\s*>/gi, (head) => styleSheets(head).join('\n'))
    .replace(/<\/?html\b[^>]*>/gi, '')
    .trim();
}

function styleSheets(head: string): string[] {
  return [...head.matchAll(/<style\b[\s\S]*?<\/style\s*>/gi)].map(([sheet]) => sheet);
}
