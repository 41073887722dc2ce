import { markup, Markup } from './markup';
import { style } from './style';

const PLACES = [
  ['/', 'Courses'],
  ['/ui/plans', 'Learning plans'],
  ['/ui/people', 'People'],
  ['/ui/places', 'Locations'],
  ['/ui/webhooks', 'Webhooks'],
] as const;

export interface Page {
  readonly title: string;
  /** The entry of the navigation that it belongs to. */
  readonly at: (typeof PLACES)[number][0];
  readonly domain: string;
  readonly flash?: Flash;
  readonly body: Markup;
}

/** What became of the last form, carried in the address after a redirect. */
export interface Flash {
  readonly done?: string;
  readonly error?: string;
}

/** Narrows a list of people to those whose line holds what is typed. The page works without it. */
const FILTER = `document.addEventListener('input', (e) => {
  if (!e.target.matches('[data-filter]')) return;
  const wanted = e.target.value.toLowerCase();
  for (const line of e.target.closest('.wide, .card').querySelector('.people, .lines').children)
    line.style.display = line.textContent.toLowerCase().includes(wanted) ? '' : 'none';
});`;

export function toDocument({ title, at, domain, flash, body }: Page): string {
  const links = PLACES.map(
    ([href, name]) => markup`<a href="${href}" class="${href === at ? 'here' : ''}">${name}</a>`,
  );
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Docebo simulator</title>
<link rel="icon" href="data:,">
<style>${new Markup(style)}</style>
</head>
<body>
<div class="bar"><div>
<a class="brand" href="/"><i></i>Academy</a>
<nav>${links}</nav>
<small>Docebo simulator · ${domain}</small>
</div></div>
<main>
${flash?.error !== undefined && markup`<div class="note bad" role="alert">${flash.error}</div>`}
${flash?.done !== undefined && markup`<div class="note good" role="status">${flash.done}</div>`}
${body}
</main>
<script>${new Markup(FILTER)}</script>
</body>
</html>`;
  return page.text;
}
