import Mustache from 'mustache';
import { escapeHtml } from '../rendering/fill-template';
import type { DigestDecision } from './decide-digest';
import { count, toDigestView, type DigestContent } from './digest-view';
import { remedyFor } from './remedies';

/** Mustache sources. */
export interface DigestTemplates {
  readonly html: string;
  readonly text: string;
}

export interface RenderedDigest {
  readonly subject: string;
  /** A whole document. */
  readonly html: string;
  readonly text: string;
}

/** Mail programs cut longer ones. */
const SUBJECT_LENGTH = 180;

/** The mail of one decision: the same content always gives the same text. */
export function renderDigest(templates: DigestTemplates, content: DigestContent): RenderedDigest {
  const view = toDigestView(content);
  const subject = subjectOf(content.decision);
  return {
    subject,
    html: Mustache.render(templates.html, { ...view, subject }, undefined, {
      escape: (value) => escapeHtml(String(value)),
    }),
    text: Mustache.render(templates.text, { ...view, subject }, undefined, { escape: String }),
  };
}

/** What failed, how many it concerns, and what is over. */
function subjectOf({ failures, recovered }: Pick<DigestDecision, 'failures' | 'recovered'>): string {
  const [first] = failures;
  const [solved] = recovered;
  const parts: string[] = [];
  if (first !== undefined) {
    const title = remedyFor(first.code, first.scope).title;
    const lead = first.again ? 'still: ' : '';
    const more = failures.length - 1;
    const whom = first.count === 0 ? '' : ` (${count(first.count, 'session', 'sessions')})`;
    parts.push(`${lead}${title}${whom}${more === 0 ? '' : `, and ${count(more, 'other problem', 'other problems')}`}`);
  }
  if (solved !== undefined && first === undefined) {
    const more = recovered.length - 1;
    parts.push(`solved: ${remedyFor(solved.code, solved.scope).title}${more === 0 ? '' : ` and ${more} more`}`);
  } else if (solved !== undefined) {
    parts.push(`${recovered.length} solved`);
  }
  const subject = `Convoke: ${parts.join('; ')}`;
  return subject.length <= SUBJECT_LENGTH ? subject : `${subject.slice(0, SUBJECT_LENGTH - 1).trimEnd()}…`;
}
