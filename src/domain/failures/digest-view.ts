import type { Instant, PlatformKey, SessionRef } from '../model';
import type { DigestDecision, DigestFailure } from './decide-digest';
import type { AffectedSession } from './failure-notice';
import type { AffectedNames } from './failure-reading';
import { remedyFor } from './remedies';

/** Addresses in Temporal's Web UI; null where that is not known. */
export interface DigestLinks {
  session(ref: SessionRef): string | null;
  platform(platform: PlatformKey): string | null;
  workflow(workflowId: string): string | null;
  /** All sessions that fail. */
  readonly failing: string | null;
}

export interface DigestContent {
  readonly decision: Pick<DigestDecision, 'failures' | 'recovered' | 'waiting'>;
  /** Failing sessions that were not looked into. */
  readonly furtherSessions: number;
  readonly now: Instant;
  readonly links: DigestLinks;
  /** By `nameKey`; empty where names are not allowed. */
  readonly names: ReadonlyMap<string, AffectedNames>;
}

/** What the mail's templates show. Texts are plain; null leaves its section out. */
export interface DigestView {
  readonly gist: string;
  readonly failures: readonly FailureView[];
  readonly recovered: readonly { readonly title: string; readonly since: string; readonly code: string }[];
  readonly has_recovered: boolean;
  readonly waiting: string | null;
  readonly further: string | null;
  readonly failing_url: string | null;
  readonly at: string;
}

interface FailureView {
  readonly again: boolean;
  readonly title: string;
  readonly meaning: string;
  readonly steps: readonly { readonly number: number; readonly text: string }[];
  readonly since: string;
  readonly affected: string | null;
  readonly sessions: readonly SessionView[];
  readonly has_sessions: boolean;
  readonly hidden: string | null;
  readonly hidden_url: string | null;
  readonly workflows: readonly LinkView[];
  readonly has_workflows: boolean;
  readonly code: string;
  readonly lines: readonly string[];
}

interface LinkView {
  readonly label: string;
  readonly url: string | null;
}

interface SessionView extends LinkView {
  readonly starts: string | null;
  readonly has_begun: boolean;
  readonly learners: string | null;
  readonly learner_count: string | null;
  readonly name: string | null;
  readonly people: string | null;
}

export function nameKey({ platform, sessionId }: SessionRef): string {
  return `${platform}/${sessionId}`;
}

export function toDigestView(content: DigestContent): DigestView {
  const { decision, furtherSessions, now, links } = content;
  const { failures, recovered, waiting } = decision;
  const rows = rowsEach(failures.length);
  return {
    gist: gistOf(decision),
    failures: failures.map((failure) => toFailureView(failure, content, rows)),
    recovered: recovered.map(({ code, scope, since }) => ({
      title: remedyFor(code, scope).title,
      since: showInstant(since),
      code,
    })),
    has_recovered: recovered.length > 0,
    waiting: waiting === 0 ? null : count(waiting, 'more cause follows', 'more causes follow'),
    further: furtherSessions === 0 ? null : count(furtherSessions, 'more session fails', 'more sessions fail'),
    failing_url: links.failing,
    at: showInstant(now),
  };
}

/** One sentence, for the mail's head. */
function gistOf({ failures, recovered }: Pick<DigestDecision, 'failures' | 'recovered'>): string {
  const fresh = failures.filter(({ again }) => !again).length;
  const last = failures.length - fresh;
  const parts = [
    fresh === 0 ? null : count(fresh, 'new problem', 'new problems'),
    last === 0 ? null : count(last, 'problem lasts', 'problems last'),
    recovered.length === 0 ? null : count(recovered.length, 'problem is solved', 'problems are solved'),
  ];
  return `${parts.filter((part) => part !== null).join(', ')}.`;
}

/** `2026-05-06 09:00 UTC`: read alike everywhere. */
function showInstant(at: Instant): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

export function count(n: number, one: string, many: string): string {
  return `${showNumber(n)} ${n === 1 ? one : many}`;
}

function showNumber(n: number): string {
  return n.toLocaleString('en-US');
}

function toFailureView(failure: DigestFailure, content: DigestContent, rows: number): FailureView {
  const { links, now } = content;
  const { title, meaning, steps } = remedyFor(failure.code, failure.scope);
  const shown = failure.sessions.slice(0, rows);
  const hidden = failure.count - shown.length;
  const workflows = workflowsOf(failure, links);
  return {
    again: failure.again,
    title,
    meaning,
    steps: steps.map((text, i) => ({ number: i + 1, text })),
    since: showInstant(failure.since),
    affected: affectedBy(failure, now),
    sessions: shown.map((session) => toSessionView(session, content)),
    has_sessions: shown.length > 0,
    hidden: hidden === 0 ? null : count(hidden, 'more session', 'more sessions'),
    hidden_url: hidden === 0 ? null : links.failing,
    workflows,
    has_workflows: workflows.length > 0,
    code: failure.code,
    lines: failure.messages.flatMap((message) => message.split('\n')),
  };
}

function toSessionView(session: AffectedSession, { links, names, now }: DigestContent): SessionView {
  const known = names.get(nameKey(session));
  return {
    label: `Session ${session.sessionId} of ${session.platform}`,
    url: links.session(session),
    starts: session.startsAt === null ? null : showInstant(session.startsAt),
    has_begun: session.startsAt !== null && session.startsAt < now,
    learner_count: session.learners === 0 ? null : showNumber(session.learners),
    learners: session.learners === 0 ? null : count(session.learners, 'learner', 'learners'),
    name: known === undefined ? null : [known.course, known.session].filter((text) => text !== '').join(': '),
    people: known === undefined || known.people.length === 0 ? null : peopleOf(known.people, session.learners),
  };
}

function peopleOf(people: readonly string[], learners: number): string {
  const hidden = learners - people.length;
  return hidden > 0 ? `${people.join(', ')} and ${hidden} more` : people.join(', ');
}

function workflowsOf(failure: DigestFailure, links: DigestLinks): LinkView[] {
  const own = failure.workflows.map((id) => ({ label: id, url: links.workflow(id) }));
  if (!failure.code.startsWith('WEBHOOK_') || failure.platform === null) return own;
  return [{ label: `Webhooks of ${failure.platform}`, url: links.platform(failure.platform) }, ...own];
}

/** `12 sessions with 240 learners; the next starts 2026-05-06 09:00 UTC.` null: no session is known to be concerned. */
function affectedBy({ count: sessions, learners, sessions: told }: DigestFailure, now: Instant): string | null {
  if (sessions === 0) return null;
  const who = [
    count(sessions, 'session', 'sessions'),
    learners === 0 ? null : count(learners, 'learner', 'learners'),
  ].filter((part) => part !== null);
  const startsAt = told[0]?.startsAt ?? null;
  const next =
    startsAt === null || startsAt < now
      ? ''
      : `; ${sessions === 1 ? 'it' : 'the next'} starts ${showInstant(startsAt)}`;
  return `${who.join(' with ')}${next}.`;
}

/** Rows of the sessions' table of each cause: the more causes, the fewer, so that no mail program cuts the mail off. */
function rowsEach(causes: number): number {
  return Math.min(20, Math.max(3, Math.floor(60 / Math.max(1, causes))));
}
