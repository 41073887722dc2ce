import { eventPropertyValue, parseTransactionId, sessionPropertyValue } from '../../src/contract/calendar-keys';
import { ConflictError, NotFoundError } from '../../src/domain/errors';
import type {
  CalendarAttendee,
  CalendarEvent,
  EventRef,
  GraphEventId,
  Response,
  SessionRef,
} from '../../src/domain/model';
import type { CalendarStore, ContentChanges, EventDraft } from '../../src/domain/ports';

export interface FakeMail {
  readonly kind: 'invitation' | 'update' | 'cancellation';
  readonly to: string;
}

interface Row {
  event: CalendarEvent;
  readonly draft: EventDraft;
  /** By extended property; null when the event has none. */
  stamp: EventRef | null;
}

/** A primary calendar in memory that keeps the promises of `CalendarStore`, with a log of the mail that Graph would send. */
export class FakeCalendarStore implements CalendarStore {
  readonly mailbox = 'training';
  private readonly organiser = 'training@academy.example';
  readonly mails: FakeMail[] = [];
  /** Names of the methods called, in order. */
  readonly calls: string[] = [];
  /** Runs after the named method has done its work, before the caller hears of it; it may throw. */
  afterCommit: (method: string) => void = () => undefined;

  private readonly rows = new Map<GraphEventId, Row>();
  private lastNumber = 0;

  async organiserAddress() {
    return this.organiser;
  }

  async describeCalendar() {
    return { name: 'Calendar', isDefault: true, talliesResponses: true, onlineMeetingProviders: ['teamsForBusiness'] };
  }

  async get(graphEventId: GraphEventId): Promise<CalendarEvent | null> {
    this.calls.push('get');
    return this.rows.get(graphEventId)?.event ?? null;
  }

  async findBySession(ref: SessionRef): Promise<readonly CalendarEvent[]> {
    this.calls.push('findBySession');
    return this.inCalendar(
      (row) => row.stamp !== null && sessionPropertyValue(row.stamp) === sessionPropertyValue(ref),
    );
  }

  async findByEvent(ref: EventRef): Promise<readonly CalendarEvent[]> {
    this.calls.push('findByEvent');
    return this.inCalendar((row) => row.stamp !== null && eventPropertyValue(row.stamp) === eventPropertyValue(ref));
  }

  async listBetween({ from, to }: { from: string; to: string }): Promise<readonly CalendarEvent[]> {
    this.calls.push('listBetween');
    return this.inCalendar(({ event }) => event.startsAt < to && event.endsAt > from);
  }

  async create(draft: EventDraft) {
    this.calls.push('create');
    const known = [...this.rows.values()].find((row) => row.draft.transactionId === draft.transactionId);
    if (known !== undefined && JSON.stringify(known.draft) !== JSON.stringify(draft)) {
      return { kind: 'duplicate' as const, existingId: known.event.graphEventId };
    }
    if (known !== undefined) return { kind: 'created' as const, event: known.event };
    const event = this.insert(draft);
    this.mail('invitation', event.attendees);
    this.afterCommit('create');
    return { kind: 'created' as const, event };
  }

  async updateContent(event: CalendarEvent, changes: ContentChanges): Promise<CalendarEvent> {
    this.calls.push('updateContent');
    const { invitation, schedule, locationName, hideAttendees } = changes;
    const row = this.matching(event);
    const moved = schedule !== undefined && new Date(schedule.startsAt).toISOString() !== row.event.startsAt;
    this.put(row, {
      ...(invitation !== undefined && { subject: invitation.subject, invitationHash: invitation.invitationHash }),
      ...(schedule !== undefined && { startsAt: schedule.startsAt, endsAt: schedule.endsAt }),
      ...(locationName !== undefined && { locationName }),
      ...(hideAttendees !== undefined && { hideAttendees }),
      // A moved meeting asks everybody anew.
      ...(moved && {
        attendees: row.event.attendees.map((a) => ({ ...a, response: 'none' as const, respondedAt: null })),
      }),
    });
    this.mail('update', row.event.attendees);
    this.afterCommit('updateContent');
    return row.event;
  }

  async replaceAttendees(event: CalendarEvent, attendees: readonly CalendarAttendee[]): Promise<CalendarEvent> {
    this.calls.push('replaceAttendees');
    const row = this.matching(event);
    const before = row.event.attendees;
    this.mail('invitation', without(attendees, before));
    this.mail('cancellation', without(before, attendees));
    this.put(row, { attendees });
    this.afterCommit('replaceAttendees');
    return row.event;
  }

  async stamp(event: CalendarEvent, ref: EventRef): Promise<CalendarEvent> {
    this.calls.push('stamp');
    const row = this.matching(event);
    row.stamp = ref;
    this.put(row, { ref });
    return row.event;
  }

  async cancel(event: CalendarEvent, _comment: string): Promise<void> {
    this.calls.push('cancel');
    const row = this.matching(event);
    this.mail('cancellation', row.event.attendees);
    this.put(row, { isCancelled: true });
    this.afterCommit('cancel');
  }

  /** Live events. */
  events(): CalendarEvent[] {
    return [...this.rows.values()].map((row) => row.event).filter((event) => !event.isCancelled);
  }

  respond(graphEventId: GraphEventId, address: string, response: Response): void {
    const row = this.row(graphEventId);
    const attendees = row.event.attendees.map((a) =>
      a.address === address ? { ...a, response, respondedAt: '2026-05-02T08:00:00.000Z' } : a,
    );
    this.put(row, { attendees });
  }

  /** Somebody forwards the invitation: a row that Convoke did not place. */
  forward(graphEventId: GraphEventId, to: string): void {
    const row = this.row(graphEventId);
    const added: CalendarAttendee = { address: to, name: to, type: 'optional', response: 'none', respondedAt: null };
    this.put(row, { attendees: [...row.event.attendees, added] });
  }

  /** The organiser deletes it in Outlook. */
  deleteByHand(graphEventId: GraphEventId): void {
    const row = this.row(graphEventId);
    this.mail('cancellation', row.event.attendees);
    this.put(row, { isCancelled: true });
  }

  /** Takes the extended properties off, as a copy or an export would. */
  unstamp(graphEventId: GraphEventId): void {
    this.row(graphEventId).stamp = null;
  }

  /** Gone for good. */
  purge(graphEventId: GraphEventId): void {
    this.rows.delete(graphEventId);
  }

  private insert(draft: EventDraft): CalendarEvent {
    const graphEventId = `fake-${++this.lastNumber}`;
    const event: CalendarEvent = {
      graphEventId,
      etag: `W/"${this.lastNumber}"`,
      transactionId: draft.transactionId,
      createdAt: new Date().toISOString(),
      ref: draft.ref,
      generation: parseTransactionId(draft.transactionId)?.generation ?? null,
      invitationHash: draft.invitationHash,
      subject: draft.subject,
      startsAt: draft.schedule.startsAt,
      endsAt: draft.schedule.endsAt,
      locationName: draft.place.locationName,
      hideAttendees: draft.place.hideAttendees,
      isCancelled: false,
      organiserAddress: this.organiser,
      attendees: draft.attendees.map((a) => ({ ...a, type: 'required', response: 'none', respondedAt: null })),
      isOnlineMeeting: draft.teamsMeeting,
      joinUrl: draft.teamsMeeting ? 'https://teams.example/join' : null,
      body: draft.html,
    };
    this.rows.set(graphEventId, { event, draft, stamp: draft.ref });
    return event;
  }

  private put(row: Row, change: Partial<CalendarEvent>): void {
    row.event = { ...row.event, ...change, etag: `W/"${++this.lastNumber}"` };
  }

  private row(graphEventId: GraphEventId): Row {
    const row = this.rows.get(graphEventId);
    if (row === undefined) throw new NotFoundError(`no event ${graphEventId}`, { code: 'GRAPH_NOT_FOUND' });
    return row;
  }

  private matching(event: CalendarEvent): Row {
    const row = this.row(event.graphEventId);
    if (row.event.isCancelled) throw new NotFoundError('the event is in Deleted Items', { code: 'GRAPH_NOT_FOUND' });
    if (row.event.etag !== event.etag) throw new ConflictError('stale etag', { code: 'GRAPH_CONFLICT' });
    return row;
  }

  private inCalendar(wanted: (row: Row) => boolean): CalendarEvent[] {
    return [...this.rows.values()].filter((row) => !row.event.isCancelled && wanted(row)).map((row) => row.event);
  }

  private mail(kind: FakeMail['kind'], to: readonly CalendarAttendee[]): void {
    for (const { address } of to) this.mails.push({ kind, to: address });
  }
}

function without(list: readonly CalendarAttendee[], others: readonly CalendarAttendee[]): CalendarAttendee[] {
  const known = new Set(others.map((a) => a.address.toLowerCase()));
  return list.filter((a) => !known.has(a.address.toLowerCase()));
}
