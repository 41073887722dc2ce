import { createMicrosoftSimulator, type MicrosoftSimulator } from '../../simulators/microsoft/server';
import { attendee, MicrosoftRig, organizer, type ShownEvent } from './microsoft-rig';

const session = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name ConvokeSession';
const ada = 'ada@academy.example';

describe('pages for a person', () => {
  let rig: MicrosoftRig;
  let event: ShownEvent;
  beforeEach(async () => {
    rig = await MicrosoftRig.start({}, { temporalUiUrl: 'http://127.0.0.1:8233/' });
    event = await rig.create({
      subject: 'Safety <b>first</b> & "last"',
      singleValueExtendedProperties: [{ id: session, value: 'acme/42' }],
      attendees: [attendee(ada, 'Ada <script>'), attendee('ben@academy.example')],
    });
  });
  afterEach(() => rig.close());

  async function open(path: string): Promise<{ status: number; page: string }> {
    const response = await fetch(`${rig.origin}${path}`);
    return { status: response.status, page: await response.text() };
  }
  const post = (path: string, form: Record<string, string>) =>
    fetch(`${rig.origin}${path}`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });

  test('the calendar shows the week asked for, and links each event to its workflow', async () => {
    const { page } = await open('/?week=2030-05-08');

    expect(page).toContain('6 May – 12 May 2030');
    expect(page).toContain('09:00 – 17:00');
    expect(page).toContain('href="http://127.0.0.1:8233/namespaces/convoke/workflows/session%2Facme%2F42"');
    expect(page).toContain('0 of 2 accepted');
  });

  test('everything that people wrote is escaped', async () => {
    const pages = await Promise.all(
      [
        '/?week=2030-05-06',
        `/ui/events/${encodeURIComponent(event.id)}`,
        '/ui/people',
        `/ui/people/${ada}`,
        '/ui/outbox',
      ].map(open),
    );

    for (const { status, page } of pages) {
      expect(status).toBe(200);
      expect(page).not.toMatch(/<script|<b>first/);
    }
    expect(pages[0]?.page).toContain('Safety &lt;b&gt;first&lt;/b&gt; &amp; &quot;last&quot;');
  });

  test('an attendee answers by button, and comes back to the page', async () => {
    const form = { event: event.id, response: 'accepted', comment: '' };
    const answered = await post(`/ui/people/${ada}/respond`, form);

    expect([answered.status, answered.headers.get('location')]).toEqual([303, `/ui/people/${encodeURIComponent(ada)}`]);
    expect((await rig.read(event.id)).attendees?.[0]?.status?.response).toBe('accepted');
    expect((await open(`/ui/events/${encodeURIComponent(event.id)}`)).page).toContain('1 accepted');
  });

  test('an answer can stay with the attendee', async () => {
    await post(`/ui/people/${ada}/respond`, { event: event.id, response: 'declined', silent: '1' });

    expect((await rig.read(event.id)).attendees?.[0]?.status?.response).toBe('none');
    expect((await open(`/ui/people/${ada}`)).page).toContain('organizer not told');
  });

  test('an event is deleted by hand, and everybody gets the cancellation', async () => {
    const deleted = await post(`/ui/events/${encodeURIComponent(event.id)}/delete`, {});

    expect(deleted.status).toBe(303);
    expect(await rig.mailSince(2)).toEqual([`cancellation ${ada}`, 'cancellation ben@academy.example']);
    expect((await open('/?week=2030-05-06')).page).toContain('Cancelled and deleted (1)');
  });

  test('the outbox says who got what and why, and is filtered', async () => {
    await rig.patch(event.id, { location: { displayName: 'Room 9' } });

    expect((await open('/ui/outbox')).page).toContain('update of location goes to everybody');
    const filtered = (await open('/ui/outbox?kind=invitation&to=ben')).page;
    expect(filtered).toContain('/ui/people/ben%40academy.example');
    expect(filtered).not.toContain('update of location');
  });

  test.each([
    ['/?week=2031-01-01', 200, 'No events in this week'],
    ['/ui/outbox?to=nobody', 200, 'No such mail'],
    ['/ui/people?q=zed', 200, 'Nobody by that name'],
    ['/ui/people/zed@academy.example', 404, 'never got any mail'],
    ['/ui/events/nothing', 404, 'This event is gone'],
  ])('%s says what is missing', async (path, status, words) => {
    const shown = await open(path);

    expect(shown.status).toBe(status);
    expect(shown.page).toContain(words);
  });

  test('a wrong answer is told, and changes nothing', async () => {
    expect((await post(`/ui/people/${ada}/respond`, { event: event.id, response: 'perhaps' })).status).toBe(400);
    expect(
      (await post('/ui/people/zed@academy.example/respond', { event: event.id, response: 'accepted' })).status,
    ).toBe(409);
  });

  test('pages are no part of the simulated service: no fault strikes them, no token is asked for', async () => {
    await rig.control('POST', '/faults', { match: '.', kind: 'status', status: 503, times: 0 });

    expect((await open('/?week=2030-05-06')).status).toBe(200);
    expect((await open('/ui/people')).status).toBe(200);
  });
});

describe('pages of an empty simulator', () => {
  let simulator: MicrosoftSimulator;
  let origin: string;
  beforeAll(async () => {
    simulator = createMicrosoftSimulator();
    origin = await simulator.listen();
  });
  afterAll(() => simulator.close());

  test.each([
    ['/', 'There is no mailbox yet'],
    ['/ui/people', 'Nobody got any mail yet'],
    ['/ui/outbox', 'No mail has left yet'],
  ])('%s says how things begin', async (path, words) => {
    expect(await (await fetch(`${origin}${path}`)).text()).toContain(words);
  });

  test('without an address of Temporal there are no links to it', async () => {
    simulator.state.addMailbox({ address: organizer });

    expect(await (await fetch(`${origin}/`)).text()).not.toContain('namespaces');
  });
});
