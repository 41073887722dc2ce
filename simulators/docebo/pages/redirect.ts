import type { FastifyReply } from 'fastify';
import { CommandError } from '../academy/command-error';

/** Acts, and goes back to a page that says how it went. */
export function redirectAfter(reply: FastifyReply, back: string, done: string, act: () => void): FastifyReply {
  try {
    act();
    return reply.redirect(withFlash(back, 'done', done), 303);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return reply.redirect(withFlash(back, 'error', error.message), 303);
  }
}

function withFlash(path: string, kind: 'done' | 'error', text: string): string {
  const [page = '/', anchor] = path.split('#');
  return `${page}?${kind}=${encodeURIComponent(text)}${anchor === undefined ? '' : `#${anchor}`}`;
}

/** Only pages of this server: a form must not lead elsewhere. */
export function localPath(text: string): string {
  return /^\/(?!\/)/.test(text) ? text : '/';
}
