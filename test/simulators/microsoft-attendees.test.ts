import { MicrosoftRig, organizer, type ShownEvent } from './microsoft-rig';

interface InboxMessage {
  readonly subject: string;
  readonly folder: string;
  readonly from: { readonly address: string };
  readonly meeting: { readonly responseType: string; readonly isOutOfDate: boolean } | null;
}

interface PersonView {
  readonly received: { readonly kind: string; readonly subject: string }[];
  readonly meetings: {
    readonly isCancelled: boolean;
    readonly answer: { readonly response: string; readonly sent: boolean } | null;
    readonly snapshot: { readonly subject: string; readonly attendees: string[] | null };
  }[];
}

const ada = 'ada@academy.example';

describe('the attendees’ side', () => {
  let rig: MicrosoftRig;
  let event: ShownEvent;
  beforeEach(async () => {
    rig = await MicrosoftRig.start();
    event = await rig.create();
  });
  afterEach(() => rig.close());

  async function rows(): Promise<unknown[]> {
    const { attendees } = await rig.read(event.id);
    return (attendees ?? []).map((a) => [a.emailAddress?.address, a.status?.response]);
  }
  const inbox = () => rig.control<InboxMessage[]>('GET', `/mailboxes/${organizer}/messages`);
  const person = (address: string) => rig.control<PersonView>('GET', `/people/${address}`);

  test('an answer is noted on the event with its time, bumps the change key, and arrives in the inbox', async () => {
    await rig.respond(ada, event.id, 'accepted');

    const now = await rig.read(event.id);
    expect(now.attendees?.[0]?.status).toMatchObject({ response: 'accepted' });
    expect(now.attendees?.[0]?.status?.time).toMatch(/^20\d\d-.+Z$/);
    expect(now.changeKey).not.toBe(event.changeKey);
    expect(await inbox()).toMatchObject([
      {
        subject: 'Accepted: Forklift safety',
        folder: 'Inbox',
        from: { address: ada },
        meeting: { responseType: 'accepted' },
      },
    ]);
  });

  test('an answer without a response stays with the attendee', async () => {
    await rig.respond(ada, event.id, 'declined', { sendResponse: false });

    expect(await rows()).toContainEqual([ada, 'none']);
    expect(await inbox()).toEqual([]);
    expect((await person(ada)).meetings[0]?.answer).toMatchObject({ response: 'declined', sent: false });
  });

  test('an event that asks for no responses gets none', async () => {
    const quiet = await rig.create({ responseRequested: false, transactionId: 'quiet' });
    await rig.respond(ada, quiet.id, 'accepted');

    expect((await rig.read(quiet.id)).attendees?.[0]?.status?.response).toBe('none');
  });

  test('answers are tallied in the primary calendar only', async () => {
    const calendars = await rig.graph<{ value: { id: string; isTallyingResponses: boolean }[] }>('GET', 'calendars');
    const second = calendars.body.value.find((c) => !c.isTallyingResponses)?.id ?? '';
    const elsewhere = await rig.create({}, `calendars/${second}/events`);
    await rig.respond(ada, elsewhere.id, 'accepted');

    expect((await rig.read(elsewhere.id)).attendees?.[0]?.status?.response).toBe('none');
    expect(await inbox()).toHaveLength(1);
  });

  test('a mailbox without automatic processing notes nothing', async () => {
    await rig.control('PATCH', `/mailboxes/${organizer}`, { tallyResponses: false });
    await rig.respond(ada, event.id, 'accepted');

    expect(await rows()).toContainEqual([ada, 'none']);
    expect(await inbox()).toHaveLength(1);
  });

  test('noted answers without text leave the inbox where the mailbox is set so; those with text stay', async () => {
    await rig.control('PATCH', `/mailboxes/${organizer}`, { removeOldMeetingMessages: true });
    await rig.respond(ada, event.id, 'accepted');
    await rig.respond('ben@academy.example', event.id, 'declined', { comment: 'On holiday' });

    expect((await inbox()).map((m) => m.folder).sort()).toEqual(['Deleted Items', 'Inbox']);
  });

  test.each(['ada.alias@academy.example', '/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=ada'])(
    'an answer from %s gets a row of its own, and an echo of that row is taken',
    async (alias) => {
      await rig.respond(ada, event.id, 'accepted', { answerAs: alias });

      expect(await rows()).toEqual([
        [ada, 'none'],
        ['ben@academy.example', 'none'],
        [alias, 'accepted'],
      ]);
      const echoed = await rig.patch(event.id, { attendees: (await rig.read(event.id)).attendees });
      expect(echoed.status).toBe(200);
      expect(await rows()).toContainEqual([alias, 'accepted']);
    },
  );

  test('a forwarded invitation reaches the newcomer and adds a row', async () => {
    await rig.control('POST', `/people/${ada}/forward`, { event: event.id, to: 'eve@partner.example' });

    expect(await rows()).toContainEqual(['eve@partner.example', 'none']);
    expect((await person('eve@partner.example')).received.map((m) => m.kind)).toEqual(['invitation']);
    await rig.respond('eve@partner.example', event.id, 'tentativelyAccepted');
    expect(await rows()).toContainEqual(['eve@partner.example', 'tentativelyAccepted']);
  });

  test('an answer to an outdated version arrives, and is not noted', async () => {
    await rig.respond(ada, event.id, 'accepted', { outdated: true });

    expect(await rows()).toContainEqual([ada, 'none']);
    expect((await inbox())[0]?.meeting?.isOutOfDate).toBe(true);
  });

  test('a proposed new time comes with the answer', async () => {
    const proposedNewTime = { startUtc: '2030-05-07T07:00:00.000Z', endUtc: '2030-05-07T15:00:00.000Z' };
    await rig.respond(ada, event.id, 'tentativelyAccepted', { proposedNewTime });

    const shown = (await rig.read(event.id)).attendees?.[0]?.proposedNewTime;
    expect(shown?.start).toEqual({ dateTime: '2030-05-07T07:00:00.0000000', timeZone: 'UTC' });
  });

  test('an attendee sees the meeting as last told, and its end', async () => {
    await rig.patch(event.id, { subject: 'Forklift safety II' });
    expect((await person(ada)).meetings).toMatchObject([
      { snapshot: { subject: 'Forklift safety II' }, isCancelled: false },
    ]);

    await rig.graph('POST', `events/${encodeURIComponent(event.id)}/cancel`, { Comment: 'No trainer' });

    expect((await person(ada)).meetings).toMatchObject([{ isCancelled: true }]);
    await expect(rig.respond(ada, event.id, 'accepted')).rejects.toThrow('nothing to answer');
  });

  test('hidden attendees are not in the invitation; the organiser still sees all', async () => {
    const hidden = await rig.create({ hideAttendees: true, transactionId: 'hidden' });

    expect(hidden.attendees).toHaveLength(2);
    expect((await person(ada)).meetings.at(-1)?.snapshot.attendees).toBeNull();
  });

  test('somebody who was never invited cannot answer', async () => {
    await expect(rig.respond('nobody@academy.example', event.id, 'accepted')).rejects.toThrow('has no invitation');
  });

  test('an invited mailbox of the tenant has its own copy, with the same iCalUId', async () => {
    await rig.control('POST', '/mailboxes', { address: 'dee@academy.example' });
    const made = await rig.create({ attendees: [{ emailAddress: { address: 'dee@academy.example' } }] });

    const list = () => rig.graph<{ value: ShownEvent[] }>('GET', '/users/dee@academy.example/events');
    const [copy] = (await list()).body.value;
    expect(copy).toMatchObject({
      iCalUId: made.iCalUId,
      isOrganizer: false,
      responseStatus: { response: 'notResponded' },
      organizer: { emailAddress: { address: organizer } },
    });

    await rig.respond('dee@academy.example', made.id, 'accepted');
    await rig.graph('DELETE', `events/${encodeURIComponent(made.id)}`);
    expect((await list()).body.value[0]).toMatchObject({ isCancelled: true, responseStatus: { response: 'accepted' } });
  });
});
