import type { EventMessageResponse } from '@microsoft/microsoft-graph-types';
import { MicrosoftRig, organizer, type ErrorAnswer, type ShownEvent } from './microsoft-rig';

type ShownMessage = EventMessageResponse & { readonly id: string; readonly '@odata.type'?: string };
interface MessagePage {
  readonly value: ShownMessage[];
  readonly '@odata.nextLink'?: string;
  readonly '@odata.deltaLink'?: string;
}

const inbox = 'mailFolders/inbox/messages';
const at = (id: string) => `messages/${encodeURIComponent(id)}`;

describe('meeting responses in the inbox', () => {
  let rig: MicrosoftRig;
  let event: ShownEvent;
  beforeEach(async () => {
    rig = await MicrosoftRig.start();
    event = await rig.create();
    await rig.respond('ada@academy.example', event.id, 'tentativelyAccepted', { comment: 'Perhaps' });
  });
  afterEach(() => rig.close());

  const list = async (query = '') => (await rig.graph<MessagePage>('GET', `${inbox}${query}`)).body;
  const refused = async (method: string, path: string, body?: unknown) => {
    const answer = await rig.graph<ErrorAnswer>(method, path, body);
    return [answer.status, answer.body.error.code];
  };

  test('arrive as eventMessageResponse, with the kind spelt as Graph spells it', async () => {
    const [message] = (await list()).value;

    expect(message).toMatchObject({
      '@odata.type': '#microsoft.graph.eventMessageResponse',
      subject: 'Tentative: Forklift safety',
      responseType: 'tentativelyAccepted',
      meetingMessageType: 'meetingTenativelyAccepted',
      isOutOfDate: false,
      from: { emailAddress: { address: 'ada@academy.example' } },
      startDateTime: { dateTime: '2030-05-06T07:00:00.0000000', timeZone: 'UTC' },
      bodyPreview: 'Perhaps',
    });
  });

  test('lead to their event by $expand, also with a selection', async () => {
    const expand = '$expand=microsoft.graph.eventMessage/event($select=subject)';
    const [message] = (await list(`?$select=subject&${expand}`)).value;

    expect(message?.event).toMatchObject({ id: event.id, subject: 'Forklift safety' });
    expect(Object.keys(message ?? {}).sort()).toEqual(['@odata.etag', '@odata.type', 'event', 'id', 'subject']);
  });

  test('show properties of the derived type only through its cast', async () => {
    const cast = 'microsoft.graph.eventMessageResponse/responseType,microsoft.graph.eventMessage/meetingMessageType';

    expect(await refused('GET', `${inbox}?$select=responseType`)).toEqual([400, 'RequestBroker--ParseUri']);
    expect((await list(`?$select=${cast}`)).value[0]).toMatchObject({
      responseType: 'tentativelyAccepted',
      meetingMessageType: 'meetingTenativelyAccepted',
    });
  });

  test.each(['isof(%27microsoft.graph.eventMessageResponse%27)', 'responseType%20eq%20%27accepted%27'])(
    'cannot be filtered by %s',
    async (filter) => expect((await refused('GET', `${inbox}?$filter=${filter}`))[0]).toBe(400),
  );

  test('are filtered by time received and by reading state, newest first', async () => {
    await rig.respond('ben@academy.example', event.id, 'declined');

    expect((await list()).value.map((m) => m.subject)).toEqual([
      'Declined: Forklift safety',
      'Tentative: Forklift safety',
    ]);
    expect(
      (await list('?$filter=receivedDateTime%20ge%202020-01-01T00:00:00Z%20and%20isRead%20eq%20false')).value,
    ).toHaveLength(2);
    expect((await list('?$filter=receivedDateTime%20gt%202099-01-01T00:00:00Z')).value).toEqual([]);
    expect((await list('?$top=1'))['@odata.nextLink']).toContain('$skip=1');
  });

  test('can be marked, moved to a folder of one’s own, and deleted in two steps', async () => {
    const [message] = (await list()).value;
    const id = message?.id ?? '';
    const folder = await rig.graph<{ id: string }>('POST', 'mailFolders', { displayName: 'Processed' });
    expect(await refused('POST', 'mailFolders', { displayName: 'processed' })).toEqual([409, 'ErrorFolderExists']);

    expect((await rig.graph('PATCH', at(id), { isRead: true })).body).toMatchObject({ isRead: true });
    expect(await refused('PATCH', at(id), { subject: 'x' })).toEqual([400, 'ErrorInvalidPropertySet']);

    const moved = await rig.graph('POST', `${at(id)}/move`, { destinationId: folder.body.id });
    expect([moved.status, moved.body.parentFolderId, moved.body.id]).toEqual([201, folder.body.id, id]);
    expect((await list()).value).toEqual([]);

    expect((await rig.graph('DELETE', at(id))).status).toBe(204);
    expect((await rig.graph<MessagePage>('GET', 'mailFolders/deleteditems/messages')).body.value).toHaveLength(1);
    await rig.graph('DELETE', at(id));
    expect(await refused('GET', at(id))).toEqual([404, 'ErrorItemNotFound']);
  });

  test('are followed by delta, folder by folder', async () => {
    const ask = async (path: string) => (await rig.graph<MessagePage>('GET', path)).body;
    const first = await ask(`${inbox}/delta?$select=subject&changeType=created`);
    expect(first.value).toMatchObject([
      { '@odata.type': '#microsoft.graph.eventMessageResponse', subject: 'Tentative: Forklift safety' },
    ]);

    await rig.graph('PATCH', at(first.value[0]?.id ?? ''), { isRead: true });
    await rig.respond('ben@academy.example', event.id, 'declined');

    const second = await ask(first['@odata.deltaLink'] ?? '');
    expect(second.value.map((m) => m.subject)).toEqual(['Declined: Forklift safety']);
    expect(second.value[0]).not.toHaveProperty('body');
  });

  test('that leave the folder come as removed', async () => {
    const first = (await rig.graph<MessagePage>('GET', `${inbox}/delta`)).body;
    const id = first.value[0]?.id ?? '';
    await rig.graph('DELETE', at(id));

    const second = (await rig.graph<MessagePage>('GET', first['@odata.deltaLink'] ?? '')).body;
    expect(second.value).toEqual([
      { '@odata.type': '#microsoft.graph.message', id, '@removed': { reason: 'deleted' } },
    ]);
  });

  test('delta refuses filters other than on the time received', async () => {
    expect(await refused('GET', `${inbox}/delta?$filter=isRead%20eq%20false`)).toEqual([400, 'ErrorInvalidUrlQuery']);
    const allowed = await rig.graph('GET', `${inbox}/delta?$filter=receivedDateTime%20ge%202099-01-01T00:00:00Z`);
    expect([allowed.status, allowed.body.value]).toEqual([200, []]);
  });

  test('sendMail is accepted with nothing in the answer, and reaches everybody it names', async () => {
    const message = {
      subject: 'Three sessions failed',
      body: { contentType: 'text', content: 'See the list.' },
      toRecipients: [{ emailAddress: { address: 'ops@academy.example' } }],
      ccRecipients: [{ emailAddress: { address: organizer } }],
    };
    const sent = await rig.graph('POST', 'sendMail', { message, saveToSentItems: false });

    expect([sent.status, sent.headers.get('content-type'), sent.headers.get('content-length')]).toEqual([
      202,
      null,
      '0',
    ]);
    expect((await rig.outbox('?kind=mail')).map((e) => [e.to, e.subject])).toEqual([
      ['ops@academy.example', 'Three sessions failed'],
      [organizer, 'Three sessions failed'],
    ]);
    expect((await list()).value[0]).toMatchObject({ subject: 'Three sessions failed' });
    expect((await rig.graph<MessagePage>('GET', 'mailFolders/sentitems/messages')).body.value).toEqual([]);
  });

  test('sendMail refuses no recipients, foreign headers, unknown properties, and apps without Mail.Send', async () => {
    const to = [{ emailAddress: { address: 'ops@academy.example' } }];
    const headers = [{ name: 'Reply-To', value: 'x' }];

    expect(await refused('POST', 'sendMail', { message: { subject: 'x' } })).toEqual([400, 'ErrorInvalidRecipients']);
    expect(
      await refused('POST', 'sendMail', { message: { toRecipients: to, internetMessageHeaders: headers } }),
    ).toEqual([400, 'InvalidInternetMessageHeader']);
    expect(await refused('POST', 'sendMail', { message: { to } })).toEqual([400, 'RequestBodyRead']);
    await rig.control('PATCH', '/apps/client-1', { permissions: ['Calendars.ReadWrite'] });
    expect(await refused('POST', 'sendMail', { message: { toRecipients: to } })).toEqual([403, 'ErrorAccessDenied']);
  });
});
