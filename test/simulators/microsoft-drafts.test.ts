import { MicrosoftRig, organizer, type ErrorAnswer } from './microsoft-rig';

interface Draft {
  readonly id: string;
  readonly isDraft: boolean;
  readonly parentFolderId: string;
}

const propertyId = 'String {11111111-2222-3333-4444-555555555555} Name Key';
const to = (...addresses: string[]) => addresses.map((address) => ({ emailAddress: { address } }));
const aMessage = (over: object = {}) => ({
  subject: 'Something failed',
  body: { contentType: 'html', content: '<p>Look at it.</p>' },
  toRecipients: to('desk@academy.example', 'boss@elsewhere.example'),
  singleValueExtendedProperties: [{ id: propertyId, value: 'key-1' }],
  ...over,
});

describe('drafts', () => {
  let rig: MicrosoftRig;
  beforeEach(async () => {
    rig = await MicrosoftRig.start();
  });
  afterEach(() => rig.close());

  async function draft(over?: object): Promise<Draft> {
    const answer = await rig.graph<Draft>('POST', 'messages', aMessage(over));
    expect(answer.status).toBe(201);
    return answer.body;
  }

  const send = ({ id }: Draft) => rig.graph<ErrorAnswer>('POST', `messages/${encodeURIComponent(id)}/send`);
  const found = async (value: string) => {
    const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${propertyId}' and ep/value eq '${value}')`;
    const path = `messages?$filter=${encodeURIComponent(filter)}&$select=id,isDraft`;
    return (await rig.graph<{ value: Draft[] }>('GET', path)).body.value.map(({ id, isDraft }) => ({ id, isDraft }));
  };
  const outbox = () => rig.simulator.state.data.outbox;

  test('wait in Drafts and mail nobody until they are sent', async () => {
    const made = await draft();

    expect(made).toMatchObject({ isDraft: true, toRecipients: aMessage().toRecipients.map((r) => r as unknown) });
    expect(outbox()).toEqual([]);
    const { body } = await rig.graph<{ value: Draft[] }>('GET', 'mailFolders/drafts/messages');
    expect(body.value.map(({ id }) => id)).toEqual([made.id]);
  });

  test('leave when sent, with 202 and nothing in it, and stay in Sent Items under their immutable id', async () => {
    const made = await draft();

    const answer = await send(made);

    expect([answer.status, answer.body]).toEqual([202, {}]);
    expect(outbox().map((mail) => [mail.kind, mail.mailbox, mail.to])).toEqual([
      ['mail', organizer, 'desk@academy.example'],
      ['mail', organizer, 'boss@elsewhere.example'],
    ]);
    const { body } = await rig.graph<{ value: Draft[] }>('GET', 'mailFolders/sentitems/messages');
    expect(body.value).toMatchObject([{ id: made.id, isDraft: false }]);
  });

  test('are found by an extended property, sent or not', async () => {
    const made = await draft();

    expect(await found('KEY-1')).toEqual([{ id: made.id, isDraft: true }]);
    await send(made);
    expect(await found('key-1')).toEqual([{ id: made.id, isDraft: false }]);
    expect(await found('key-2')).toEqual([]);
  });

  test('are sent once', async () => {
    const made = await draft();
    await send(made);

    expect((await send(made)).status).toBe(400);
    expect(outbox()).toHaveLength(2);
  });

  test('may lack recipients, but cannot be sent without', async () => {
    const made = await draft({ toRecipients: [] });

    const answer = await send(made);

    expect([answer.status, answer.body.error.code]).toEqual([400, 'ErrorInvalidRecipients']);
  });

  test.each<[string, object]>([
    ['an address that is none', { toRecipients: to('desk') }],
    ['a header of the wrong kind', { internetMessageHeaders: [{ name: 'Message-ID', value: '1' }] }],
    ['a property whose id is none', { singleValueExtendedProperties: [{ id: 'Key', value: '1' }] }],
    ['a property that messages do not have', { colour: 'red' }],
  ])('are refused: %s', async (_what, over) => {
    expect((await rig.graph('POST', 'messages', aMessage(over))).status).toBe(400);
  });

  test('need Mail.ReadWrite to be made, and Mail.Send to be sent', async () => {
    const made = await draft();
    const app = rig.simulator.state.data.apps['client-1']!;

    app.permissions = ['Mail.Send'];
    expect((await rig.graph('POST', 'messages', aMessage())).status).toBe(403);
    app.permissions = ['Mail.ReadWrite'];
    expect((await send(made)).status).toBe(403);
  });
});
