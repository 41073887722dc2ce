import type { FastifyReply } from 'fastify';
import type { Simulator } from '../simulator';
import { html, type Html } from './html';

export interface Page {
  readonly title: string;
  readonly section: 'calendar' | 'people' | 'outbox';
  readonly body: Html;
  /** Loads itself anew every few seconds. */
  readonly live?: boolean;
}

const sections = [
  ['calendar', '/', 'Calendar'],
  ['people', '/ui/people', 'People'],
  ['outbox', '/ui/outbox', 'Outbox'],
] as const;

/** Sends a page in its frame. Nothing is loaded from elsewhere, and no script runs. */
export function sendPage(simulator: Simulator, reply: FastifyReply, page: Page, status = 200): FastifyReply {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${page.live === true && html`<meta http-equiv="refresh" content="3" />`}
        <title>${page.title} · Microsoft 365 (simulated)</title>
        <link rel="stylesheet" href="/ui/style.css" />
      </head>
      <body>
        <header class="top">
          <div class="wide">
            <a class="brand" href="/"><span class="mark"></span>Microsoft 365 <em>simulated</em></a>
            <nav>
              ${sections.map(
                ([name, href, label]) =>
                  html`<a href="${href}" ${name === page.section && html`aria-current="page"`}>${label}</a>`,
              )}
            </nav>
            ${clockNote(simulator)}
          </div>
        </header>
        <main class="wide">${page.body}</main>
      </body>
    </html>`;
  return reply
    .code(status)
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'self' 'unsafe-inline'; frame-src 'self'; form-action 'self'",
    )
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(document.text);
}

export function emptyState(title: string, words: string): Html {
  return html`<div class="empty">
    <strong>${title}</strong>
    <p>${words}</p>
  </div>`;
}

function clockNote(simulator: Simulator): Html | null {
  const hours = simulator.clock.offset() / 3_600_000;
  if (hours === 0) return null;
  return html`<span class="clock">Clock ${hours.toFixed(1)} h ahead: ${simulator.state.nowIso().slice(0, 16)}Z</span>`;
}
