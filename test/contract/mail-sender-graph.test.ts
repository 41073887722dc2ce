import { createGraphMailSender } from '../../src/adapters/graph/send-mail';
import { MAIL_PROPERTY_ID } from '../../src/contract/calendar-keys';
import type { AppError } from '../../src/domain/errors';
import type { Mail, MailSender } from '../../src/domain/ports';
import { GraphRig, ORGANISER } from './graph-rig';

/** A distribution list and somebody outside are addresses like others. */
const DESK = ['desk@academy.example', 'all-trainers@academy.example', 'partner@elsewhere.example'];

function aMail(over: Partial<Mail> = {}): Mail {
  return { to: DESK, subject: 'Convoke: a problem', html: '<p>Look.</p>', text: 'Look.', key: 'Key-1', ...over };
}

describe('failure mails through Graph', () => {
  let rig: GraphRig;
  let sender: MailSender;
  beforeEach(async () => {
    rig = await GraphRig.start();
    sender = createGraphMailSender({ graph: rig.graph, keyPropertyId: MAIL_PROPERTY_ID });
  });
  afterEach(() => rig.close());

  const outbox = () => rig.simulator.state.data.outbox.map(({ mailbox, to, subject }) => [mailbox, to, subject]);
  const onceToAll = (subject = 'Convoke: a problem') => DESK.map((to) => [ORGANISER, to, subject]);
  const allow = (...permissions: string[]) => {
    rig.simulator.state.data.apps['client-1']!.permissions = permissions;
  };
  async function failure(promise: Promise<unknown>): Promise<AppError> {
    const outcome = await promise.then(
      () => null,
      (error: unknown) => error as AppError,
    );
    if (outcome === null) throw new Error('nothing was thrown');
    return outcome;
  }

  it('reach everybody in one mail, which stays in Sent Items', async () => {
    expect(await sender.send(aMail())).toEqual({ sent: 'now', refused: 0 });

    expect(outbox()).toEqual(onceToAll());
    const [stored, ...others] = rig.simulator.state.messages.all();
    expect(others).toEqual([]);
    expect(stored).toMatchObject({
      isDraft: false,
      bodyHtml: expect.stringContaining('Look.') as string,
      internetMessageHeaders: [{ name: 'x-auto-response-suppress', value: 'All' }],
    });
  });

  it('are not sent again under the same key', async () => {
    await sender.send(aMail());

    expect(await sender.send(aMail({ subject: 'worded otherwise' }))).toEqual({ sent: 'earlier', refused: 0 });
    expect(outbox()).toEqual(onceToAll());
  });

  it('are sent under another key', async () => {
    await sender.send(aMail());
    await sender.send(aMail({ key: "It's another", subject: 'Another' }));

    expect(outbox()).toEqual([...onceToAll(), ...onceToAll('Another')]);
  });

  it.each([
    ['drafting', '^POST /v1.0/users/.+/messages$'],
    ['sending', '^POST /v1.0/users/.+/send$'],
  ])('are sent once although an answer to %s was lost', async (_what, match) => {
    rig.fault({ kind: 'commitThenFail', match, reset: true });

    const error = await failure(sender.send(aMail()));
    expect(error).toMatchObject({ kind: 'upstream', code: 'GRAPH_UNAVAILABLE' });
    await sender.send(aMail());

    expect(outbox()).toEqual(onceToAll());
    expect(rig.simulator.state.messages.all()).toHaveLength(1);
  });

  it('are sent by a later attempt from the draft that an earlier one left', async () => {
    rig.fault({ kind: 'status', match: '^POST /v1.0/users/.+/send$', status: 500 });

    expect(await failure(sender.send(aMail()))).toMatchObject({ kind: 'upstream', code: 'GRAPH_UNAVAILABLE' });
    expect(outbox()).toEqual([]);
    expect(await sender.send(aMail())).toEqual({ sent: 'now', refused: 0 });

    expect(outbox()).toEqual(onceToAll());
  });

  it.each([
    ['Mail.Send alone', ['Mail.Send']],
    ['Mail.Send and Mail.Read', ['Mail.Send', 'Mail.Read']],
  ])('are sent at once with %s', async (_what, permissions) => {
    allow(...permissions);

    expect(await sender.send(aMail())).toEqual({ sent: 'now', refused: 0 });

    expect(outbox()).toEqual(onceToAll());
  });

  it.each([
    ['nothing but calendars', ['Calendars.ReadWrite']],
    ['mail, but not to send it', ['Mail.ReadWrite']],
  ])('say what right is missing: %s', async (_what, permissions) => {
    allow(...permissions);

    const error = await failure(sender.send(aMail()));

    expect(error).toMatchObject({ kind: 'access', code: 'MAIL_ACCESS', context: { status: 403 } });
    expect(error.message).toContain('Grant the app Mail.Send');
    expect(error.message).not.toContain('Calendars');
    expect(error.message).not.toContain(ORGANISER);
    expect(outbox()).toEqual([]);
  });

  it('say that a recipient is refused, and name nobody', async () => {
    const error = await failure(sender.send(aMail({ to: ['desk@academy.example', 'Jane Doe'] })));

    expect(error).toMatchObject({ kind: 'input', code: 'MAIL_REFUSED' });
    expect(error.message).toBe(
      'Graph refuses the mail from mailbox training (400 ErrorInvalidRecipients). Check the addresses in notifications.failureRecipients.',
    );
    expect(JSON.stringify(error.context)).not.toContain('academy.example');
    expect(outbox()).toEqual([]);
  });

  it('leave other errors of Graph as they are', async () => {
    rig.simulator.state.findMailbox(ORGANISER)!.restEnabled = false;

    expect(await failure(sender.send(aMail()))).toMatchObject({ kind: 'access', code: 'GRAPH_ACCESS' });
  });

  it('cost three calls', async () => {
    await sender.send(aMail());

    expect(rig.graph.calls()).toEqual({ 'find-mail': 1, 'draft-mail': 1, 'send-mail': 1 });
  });
});
