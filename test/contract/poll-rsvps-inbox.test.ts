import { RsvpRig } from './rsvp-rig';

describe('reading meeting responses from the inbox', () => {
  let rig: RsvpRig;
  let event: string;
  afterEach(() => rig.close());

  async function start(
    inbox: NonNullable<Parameters<typeof RsvpRig.start>[0]>['inbox'] = {},
    mailbox: NonNullable<Parameters<typeof RsvpRig.start>[0]>['mailbox'] = {},
  ): Promise<void> {
    rig = await RsvpRig.start({ inbox: { read: true, ...inbox }, mailbox });
    event = await rig.create();
    await rig.poll();
  }

  /** Subjects of what lies in the mailbox, by folder: `Inbox: Accepted: Forklift safety`. */
  function messages(): string[] {
    const { data } = rig.graph.simulator.state;
    const folders = Object.values(data.mailboxes).flatMap((mailbox) => mailbox.folders);
    return Object.values(data.messages)
      .map((m) => `${folders.find((f) => f.id === m.container)?.displayName}: ${m.subject.split(':')[0]}`)
      .sort();
  }

  it.each([
    ['accepted', 'accepted'],
    ['tentativelyAccepted', 'tentative'],
    ['declined', 'declined'],
  ])('learns of %s where the calendar notes nothing', async (given, read) => {
    await start({}, { tallyResponses: false });
    await rig.respond(event, 'ada', given);

    const result = await rig.poll();

    expect(result).toMatchObject({ inboxResponses: 1, signalledSessions: 1, graphCalls: 2, inboxProblem: null });
    expect(rig.answers()).toEqual([`ada ${read}`]);
  });

  it('learns of the same answer twice and tells it once, as the event has it', async () => {
    await start();
    await rig.respond(event, 'ada', 'accepted');

    await rig.poll();

    expect(rig.signals.told()).toEqual(['54: 101 accepted']);
  });

  it('tells a later answer on the event over an earlier message', async () => {
    await start();
    await rig.respond(event, 'ada', 'accepted');
    await rig.respond(event, 'ada', 'declined');

    await expect(rig.poll()).resolves.toMatchObject({ inboxResponses: 2 });
    expect(rig.signals.told()).toEqual(['54: 101 declined']);
  });

  it('knows an alias by the name on the invitation', async () => {
    await start({}, { tallyResponses: false });
    await rig.respond(event, 'ada', 'declined', { answerAs: 'countess@academy.example' });

    await rig.poll();

    expect(rig.answers()).toEqual(['ada declined']);
  });

  it('takes no notice of answers to an earlier version of the meeting', async () => {
    await start({ after: 'delete' }, { tallyResponses: false });
    await rig.respond(event, 'ada', 'accepted', { outdated: true });

    await expect(rig.poll()).resolves.toMatchObject({ inboxResponses: 1, signalledSessions: 0 });
    expect(messages()).toEqual(['Deleted Items: Accepted']);
  });

  it('takes no notice of other mail, and leaves it where it is', async () => {
    await start({ after: 'delete' });
    await rig.graph.graph.send({
      kind: 'mail',
      method: 'POST',
      path: '/sendMail',
      body: {
        message: {
          subject: 'Lunch: who comes?',
          body: { contentType: 'text', content: 'x' },
          toRecipients: [{ emailAddress: { address: 'training@academy.example' } }],
        },
        saveToSentItems: false,
      },
    });
    await rig.respond(event, 'ada', 'accepted');

    await expect(rig.poll()).resolves.toMatchObject({ inboxResponses: 1 });
    expect(messages()).toEqual(['Deleted Items: Accepted', 'Inbox: Lunch']);
  });

  it('loses nothing when Exchange clears answers away by itself', async () => {
    await start({ after: 'delete' }, { removeOldMeetingMessages: true });
    await rig.respond(event, 'ada', 'accepted');
    await rig.respond(event, 'ben', 'declined', { comment: 'Ill' });

    await expect(rig.poll()).resolves.toMatchObject({ inboxResponses: 1 });
    expect(rig.answers()).toEqual(['ada accepted', 'ben declined']);
  });

  describe('afterwards', () => {
    it.each([
      ['leave', ['Inbox: Accepted', 'Inbox: Declined']],
      ['delete', ['Deleted Items: Accepted', 'Deleted Items: Declined']],
      ['move', ['Answers: Accepted', 'Answers: Declined']],
    ] as const)('%s', async (after, lie) => {
      await start({ after });
      await rig.respond(event, 'ada', 'accepted');
      await rig.respond(event, 'ben', 'declined');

      await rig.poll();

      expect(messages()).toEqual(lie);
      await expect(rig.poll()).resolves.toMatchObject({ inboxResponses: 0, graphCalls: 2 });
    });

    it('uses the folder that is there, by any case of its name', async () => {
      await start({ after: 'move', folder: 'ARCHIVE' });
      await rig.respond(event, 'ada', 'accepted');

      await rig.poll();

      expect(messages()).toEqual(['Archive: Accepted']);
    });

    it('leaves what a session without a workflow should know', async () => {
      await start({ after: 'delete' });
      rig.signals.missing.add('54');
      await rig.respond(event, 'ada', 'accepted');

      await rig.poll();

      expect(messages()).toEqual(['Inbox: Accepted']);
    });

    it('tells again, and then clears away, what a run cut off before had told', async () => {
      await start({ after: 'delete' });
      await rig.respond(event, 'ada', 'accepted');
      rig.graph.fault({ match: '^DELETE ', kind: 'commitThenFail', reset: true });

      await expect(rig.poll()).resolves.toMatchObject({ inboxProblem: { code: 'GRAPH_UNAVAILABLE' } });
      expect(rig.answers()).toEqual(['ada accepted']);
      await expect(rig.poll()).resolves.toMatchObject({ inboxProblem: null });

      expect(messages()).toEqual(['Deleted Items: Accepted']);
    });

    it('a message that somebody was quicker to delete is cleared away', async () => {
      await start({ after: 'delete' });
      await rig.respond(event, 'ada', 'accepted');
      rig.signals.before = () => {
        const { messages: store } = rig.graph.simulator.state;
        for (const message of store.all()) store.purge(message);
      };

      await expect(rig.poll()).resolves.toMatchObject({ inboxProblem: null, signalledSessions: 1 });
    });
  });

  it('begins anew, a week back, when its link is forgotten', async () => {
    await start({}, { tallyResponses: false });
    await rig.respond(event, 'ada', 'accepted');
    await rig.graph.control('POST', '/delta/expire', { mailbox: 'training@academy.example' });

    await expect(rig.poll()).resolves.toMatchObject({ fullResync: true, inboxResponses: 1 });
    expect(rig.answers()).toEqual(['ada accepted']);
  });

  it('without the right to read mail tells which one, and the calendar’s answers all the same', async () => {
    rig = await RsvpRig.start({ inbox: { read: true } });
    rig.graph.simulator.state.data.apps['client-1']!.permissions = ['Calendars.ReadWrite'];
    event = await rig.create();
    await rig.poll();
    await rig.respond(event, 'ada', 'accepted');

    const result = await rig.poll();

    expect(result.inboxProblem).toMatchObject({
      code: 'GRAPH_ACCESS',
      message: expect.stringContaining('Grant the app Mail.Read') as string,
    });
    expect(rig.answers()).toEqual(['ada accepted']);
  });
});
