import type { AppError } from '../../src/domain/errors';
import type { CalendarEvent, EventRef } from '../../src/domain/model';
import type { EventDraft } from '../../src/domain/ports';
import { aDraft, ref } from '../support/calendar-inputs';
import { GraphRig, ORGANISER } from './graph-rig';

/** What the Graph adapter does about Graph's own ways. */
describe('the calendar in Microsoft Graph', () => {
  let rig: GraphRig;
  afterEach(() => rig.close());

  async function start(options?: Parameters<typeof GraphRig.start>[0]): Promise<void> {
    rig = await GraphRig.start(options);
  }

  async function created(over: Partial<EventDraft> = {}): Promise<CalendarEvent> {
    const outcome = await rig.store.create(aDraft(over));
    if (outcome.kind !== 'created') throw new Error(outcome.kind);
    return outcome.event;
  }

  function draftOf(eventId: string): Partial<EventDraft> {
    const of: EventRef = { ...ref, eventId };
    return { ref: of, transactionId: `cvk1-acme-54-${eventId}-1`, attendees: [] };
  }

  async function failure(promise: Promise<unknown>): Promise<AppError> {
    try {
      await promise;
    } catch (error) {
      return error as AppError;
    }
    throw new Error('nothing was thrown');
  }

  describe('text and Teams meeting', () => {
    const newText = { invitation: { subject: 'New', html: '<p>New text</p>', invitationHash: 'hash-2' } };

    it.each([
      ['byte for byte', false],
      ['while Exchange renames ids at each write', true],
    ])('keeps the join text through two changes of the invitation, %s', async (_how, renameBodyIds) => {
      await start({ knobs: { renameBodyIds } });
      // The first write makes the simulator's join text look as its next ones will.
      const event = await rig.store.updateContent(await created({ teamsMeeting: true }), newText);
      const joinText = /<br \/?><div style="width:100%">.*<\/div>/s.exec(event.body)?.[0] ?? '';
      expect(joinText).toContain(event.joinUrl);

      const changed = await rig.store.updateContent(event, {
        invitation: { subject: 'Newer', html: '<p>Newer text</p>', invitationHash: 'hash-3' },
      });

      expect(changed).toMatchObject({ joinUrl: event.joinUrl, isOnlineMeeting: true, invitationHash: 'hash-3' });
      if (!renameBodyIds) expect(changed.body).toContain(joinText);
      expect(changed.body).toContain('<p>Newer text</p>');
      expect(changed.body).not.toMatch(/Bring your boots|New text/);
      expect(changed.body.match(/\[cvk1-/g)).toHaveLength(1);
    });

    it('knows of an online meeting before its link is there', async () => {
      await start({ knobs: { teamsJoinUrlDelayMs: 3_600_000 } });

      await expect(created({ teamsMeeting: true })).resolves.toMatchObject({ isOnlineMeeting: true, joinUrl: null });
    });

    it('makes the event without a meeting when the mailbox has no Teams licence', async () => {
      await start({ mailbox: { teamsLicensed: false } });

      await expect(created({ teamsMeeting: true })).resolves.toMatchObject({ isOnlineMeeting: false, joinUrl: null });
      await expect(rig.store.describeCalendar()).resolves.toMatchObject({ onlineMeetingProviders: [] });
    });

    it('leaves a body alone that somebody typed over, beside an online meeting, and says so', async () => {
      await start();
      const event = await created({ teamsMeeting: true });
      const [stored] = rig.live();
      stored!.bodyHtml = stored!.bodyHtml.replace(
        /<div id="x_convoke-invitation">.*<\/div><\/div>/s,
        '<p>Typed over</p>',
      );
      const fresh = (await rig.store.get(event.graphEventId))!;
      rig.mails();

      const error = await failure(rig.store.updateContent(fresh, newText));

      expect(error.code).toBe('GRAPH_BODY_MARKER');
      expect(error.message).toMatch(/cannot be told from the online meeting's/);
      expect(rig.mails()).toEqual([]);
      expect(rig.live()[0]?.online).not.toBeNull();
    });
  });

  describe('keys and ids', () => {
    it('reads a list of many pages whole, whatever is in between', async () => {
      await start();
      for (let n = 1; n <= 120; n++) await created(draftOf(String(n)));

      await expect(rig.store.findBySession(ref)).resolves.toHaveLength(120);
      expect(rig.graph.calls()).toMatchObject({ 'find-session': 3 });
    });

    it('refuses pages that lead to another host', async () => {
      await start({ knobs: { linkOrigin: 'https://graph.microsoft.com' } });
      for (let n = 1; n <= 51; n++) await created(draftOf(String(n)));

      const error = await failure(rig.store.findBySession(ref));

      expect(error.code).toBe('GRAPH_CONTRACT');
      expect(error.message).toMatch(/is at another address than http:\/\/127\.0\.0\.1/);
    });

    it('tells ids apart that differ in the case of their letters only', async () => {
      await start();
      const events = [await created(draftOf('1')), await created(draftOf('2'))];
      const [first, second] = events.map((e) => e.graphEventId);
      expect(first?.toLowerCase()).toBe(second?.toLowerCase());

      for (const event of events) {
        await expect(rig.store.get(event.graphEventId)).resolves.toMatchObject({ ref: event.ref });
      }
    });

    it('works with a mailbox that only the token names', async () => {
      await start({ me: true });
      for (let n = 1; n <= 51; n++) await created(draftOf(String(n)));

      const found = await rig.store.findBySession(ref);

      expect(found).toHaveLength(51);
      expect(found[0]?.organiserAddress).toBe(ORGANISER);
    });

    it('asks the calendar once whose it is when only the token names the mailbox', async () => {
      await start({ me: true });

      const told = [await rig.store.organiserAddress(), await rig.store.organiserAddress()];

      expect(told).toEqual([ORGANISER, ORGANISER]);
      expect(rig.graph.calls()).toEqual({ describe: 1 });
    });

    it('keeps an id when the event moves', async () => {
      await start();
      const event = await created();
      await rig.control('POST', `/events/${encodeURIComponent(event.graphEventId)}/move`, { to: 'Second' });

      await expect(rig.store.get(event.graphEventId)).resolves.toMatchObject({ ref });
    });

    it.each([400, 409])('takes status %i for a duplicate all the same', async (duplicateTransactionStatus) => {
      await start({ knobs: { duplicateTransactionStatus } });
      const event = await created();

      await expect(rig.store.create(aDraft({ subject: 'Other' }))).resolves.toEqual({
        kind: 'duplicate',
        existingId: event.graphEventId,
      });
    });

    it.each([202, 204])('takes status %i for a cancellation', async (cancelStatus) => {
      await start({ knobs: { cancelStatus } });
      const event = await created();

      await rig.store.cancel(event, 'Cancelled in Docebo.');

      expect(rig.live()).toHaveLength(0);
    });

    it('writes the event in its own zone', async () => {
      await start();
      await created();

      expect(rig.live()[0]).toMatchObject({
        startUtc: '2030-05-06T07:00:00.000Z',
        startZone: 'W. Europe Standard Time',
        allowNewTimeProposals: false,
        responseRequested: true,
      });
    });

    it('hides the attendees from the first invitation on', async () => {
      await start();

      await expect(created({ place: { locationName: '', hideAttendees: true } })).resolves.toMatchObject({
        hideAttendees: true,
        locationName: '',
      });
    });
  });

  describe('access and outages', () => {
    it('gets a new token when the old one expires in the middle', async () => {
      await start();
      const event = await created();
      rig.simulator.clock.advance(2 * 3_600_000);

      await expect(rig.store.updateContent(event, { locationName: 'Room 5' })).resolves.toMatchObject({
        locationName: 'Room 5',
      });
      expect(rig.tokens.calls()).toBe(2);
    });

    it('says that the secret has expired', async () => {
      await start();
      await rig.control('PATCH', '/apps/client-1', { secrets: [{ value: 'secret-1', expired: true }] });

      const error = await failure(created());

      expect(error).toMatchObject({ kind: 'access', code: 'GRAPH_TOKEN' });
      expect(error.message).toBe(
        'Microsoft Entra gives the app no token (AADSTS7000222): the client secret has expired: create a new one for the app and put ' +
          'its value into SECRET',
      );
    });

    it('says which right is missing', async () => {
      await start();
      await rig.control('PATCH', '/apps/client-1', { permissions: ['Calendars.Read'] });

      const error = await failure(created());

      expect(error).toMatchObject({ kind: 'access', code: 'GRAPH_ACCESS' });
      expect(error.message).toBe(
        'Graph refuses access (403 ErrorAccessDenied) to POST /users/training/events. Grant the app Calendars.ReadWrite for this mailbox ' +
          '(RBAC for Applications in Exchange Online); a new grant takes up to 2 hours to work.',
      );
    });

    it('does not take a missing mailbox for missing events', async () => {
      await start();
      const { graphEventId } = await created();
      await rig.control('PATCH', `/mailboxes/${ORGANISER}`, { restEnabled: false });

      const error = await failure(rig.store.get(graphEventId));
      expect(error).toMatchObject({ kind: 'access', code: 'GRAPH_ACCESS' });
      expect(error.message).toMatch(/does not serve the mailbox \(404 MailboxNotEnabledForRESTAPI\)/);

      await rig.control('DELETE', `/mailboxes/${ORGANISER}`);
      await expect(failure(rig.store.get(graphEventId))).resolves.toMatchObject({ code: 'GRAPH_ACCESS' });
    });

    it('waits as long as Graph asks, for the whole mailbox', async () => {
      await start();
      const { graphEventId } = await created();
      rig.fault({ match: '^GET /v1.0/users/.+/events/', kind: 'status', status: 429, retryAfter: 30 });

      await expect(failure(rig.store.get(graphEventId))).resolves.toMatchObject({
        code: 'GRAPH_THROTTLED',
        retryAfterMs: 30_000,
      });
      const error = await failure(rig.store.findBySession(ref));
      expect(error.message).toMatch(/^Graph asked to leave mailbox training alone for another \d+ ms$/);
      expect(rig.graph.calls()).toEqual({ create: 1, get: 1 });
    });

    it('has no more than four requests in flight, however many callers there are', async () => {
      await start({ knobs: { serviceTimeMs: 5 } });

      await Promise.all(Array.from({ length: 30 }, (_, n) => created(draftOf(String(n + 1)))));

      expect(rig.simulator.quota.report()).toMatchObject([{ maxInFlight: 4, throttled: 0 }]);
      expect(rig.tokens.calls()).toBe(1);
    });

    it('says that an answer is no JSON, with the path but no address', async () => {
      await start();
      rig.fault({ match: '^GET ', kind: 'wrongJson' });

      const error = await failure(rig.store.findBySession(ref));

      expect(error).toMatchObject({ kind: 'contract', code: 'GRAPH_CONTRACT' });
      expect(error.message).toBe('Graph answered GET /users/training/events with something that is no JSON');
    });

    it('gives up an answer that does not come', async () => {
      await start({ timeoutMs: 100 });
      await rig.tokens.get();
      rig.fault({ match: '^GET ', kind: 'hold', where: 'before' });

      const error = await failure(rig.store.findBySession(ref));

      expect(error).toMatchObject({ kind: 'upstream', code: 'GRAPH_UNAVAILABLE' });
      expect(error.message).toBe('GRAPH: no answer to GET /users/training/events');
    });
  });
});
