import type { GraphEventId } from '../../src/domain/model';
import type {
  AnsweredEvent,
  AnswerSource,
  ChangesFrom,
  EventChanges,
  MeetingResponse,
  ResponseChanges,
} from '../../src/domain/rsvp/ports';

type EventPage = Extract<EventChanges, { kind: 'page' }>;

/** A mailbox whose pages are put in line. Without one in line a page is empty and the last; its link is `after-<n>`. */
export class FakeAnswerSource implements AnswerSource {
  readonly mailbox = 'training';
  account = '/users/training';
  /** What was asked, in order: `window from..to`, `link x`, `read id`, `view id`, `since`, `inbox x`, `folder n`, `delete id`, `move id f`. */
  readonly asked: string[] = [];
  /** Events that can be read by themselves; an Error is thrown. */
  readonly readable = new Map<GraphEventId, AnsweredEvent | Error>();
  readonly inCalendar = new Set<GraphEventId>();
  /** Thrown by the next request whose description begins so. */
  readonly failures = new Map<string, Error>();
  private readonly eventPages: EventChanges[] = [];
  private readonly responsePages: ResponseChanges[] = [];
  private links = 0;

  /** The page's `link` and `isLast` are made up: a page that is followed by another in line leads to it. */
  changes(...pages: readonly (Partial<Omit<EventPage, 'kind' | 'link'>> | 'expired')[]): void {
    this.eventPages.push(
      ...pages.map((page): EventChanges => {
        if (page === 'expired') return { kind: 'expired' };
        return { kind: 'page', link: this.nextLink(), isLast: true, events: [], removed: [], unread: [], ...page };
      }),
    );
  }

  responses(...pages: readonly ({ isLast?: boolean; responses: readonly MeetingResponse[] } | 'expired')[]): void {
    this.responsePages.push(
      ...pages.map((page): ResponseChanges => {
        if (page === 'expired') return { kind: 'expired' };
        return { kind: 'page', link: this.nextLink(), isLast: true, ...page };
      }),
    );
  }

  async changedEvents(from: ChangesFrom): Promise<EventChanges> {
    this.ask(from.kind === 'link' ? `link ${from.link}` : `window ${from.from}..${from.to}`);
    if (this.eventPages.length === 0) this.changes({});
    return this.eventPages.shift()!;
  }

  async readEvent(id: GraphEventId): Promise<AnsweredEvent | null> {
    this.ask(`read ${id}`);
    const found = this.readable.get(id) ?? null;
    if (found instanceof Error) throw found;
    return found;
  }

  async isInCalendar({ graphEventId }: AnsweredEvent): Promise<boolean> {
    this.ask(`view ${graphEventId}`);
    return this.inCalendar.has(graphEventId);
  }

  async meetingResponses(
    from: { readonly kind: 'since'; readonly at: string } | { readonly kind: 'link'; readonly link: string },
  ): Promise<ResponseChanges> {
    this.ask(from.kind === 'link' ? `inbox ${from.link}` : `since ${from.at}`);
    if (this.responsePages.length === 0) this.responses({ responses: [] });
    return this.responsePages.shift()!;
  }

  async folderNamed(name: string): Promise<string> {
    this.ask(`folder ${name}`);
    return `id of ${name}`;
  }

  async clearResponse(
    id: string,
    how: { readonly kind: 'delete' } | { kind: 'move'; folderId: string },
  ): Promise<void> {
    this.ask(how.kind === 'delete' ? `delete ${id}` : `move ${id} to ${how.folderId}`);
  }

  calls(): number {
    return this.asked.length;
  }

  private ask(what: string): void {
    this.asked.push(what);
    for (const [prefix, error] of this.failures) {
      if (!what.startsWith(prefix)) continue;
      this.failures.delete(prefix);
      throw error;
    }
  }

  private nextLink(): string {
    return `after-${++this.links}`;
  }
}
