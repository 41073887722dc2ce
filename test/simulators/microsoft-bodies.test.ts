import { attendee, MicrosoftRig, type ShownEvent } from './microsoft-rig';

describe('bodies and Teams meetings', () => {
  let rig: MicrosoftRig;
  beforeEach(async () => (rig = await MicrosoftRig.start()));
  afterEach(() => rig.close());

  const html = (content: string) => ({ body: { contentType: 'html' as const, content } });
  const online = { isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' as const };
  const contentOf = (event: ShownEvent) => event.body?.content ?? '';
  const joinUrlOf = (event: ShownEvent) => event.onlineMeeting?.joinUrl ?? null;

  test('a body is framed, and loses comments, scripts and attributes that Exchange does not know', async () => {
    const event = await rig.create(
      html('<!-- mark --><div data-mark="1" style="color:red" onclick="x()">Hi<script>alert(1)</script></div>'),
    );

    expect(contentOf(event)).toMatch(
      /^<html><head>\r\n<meta http-equiv="Content-Type" content="text\/html; charset=utf-8">/,
    );
    expect(contentOf(event)).toContain('<body><div style="color:red">Hi</div></body></html>');
    expect(event.bodyPreview).toBe('Hi');
  });

  test('ids and classes are renamed, once more at each round trip, unless the knob says otherwise', async () => {
    const event = await rig.create(html('<div id="part" class="a b">Hi</div>'));
    expect(contentOf(event)).toContain('<div id="x_part" class="x_a x_b">');

    const again = await rig.patch(event.id, html(contentOf(event)));
    expect(contentOf(again.body)).toContain('id="x_x_part"');
    expect(contentOf(again.body).match(/<html>/g)).toHaveLength(1);

    await rig.control('PATCH', '/knobs', { renameBodyIds: false });
    expect(contentOf(await rig.create(html('<p id="part">x</p>')))).toContain('<p id="part">');
  });

  test('a text body comes back as HTML unless text is preferred', async () => {
    const event = await rig.create({ body: { contentType: 'text', content: 'a < b\nc' } });

    expect(contentOf(event)).toContain('a &lt; b<br>');
    const text = await rig.graph<ShownEvent>('GET', `events/${encodeURIComponent(event.id)}`, undefined, {
      prefer: 'outlook.body-content-type="text"',
    });
    expect(text.body.body).toEqual({ contentType: 'text', content: 'a < b\r\nc' });
  });

  test('an online meeting has a join link, and the join text in its body', async () => {
    const event = await rig.create(online);

    expect(joinUrlOf(event)).toMatch(/^https:\/\/teams\.microsoft\.com\/l\/meetup-join\//);
    expect(contentOf(event)).toContain(joinUrlOf(event));
    expect(event).toMatchObject({
      isOnlineMeeting: true,
      onlineMeetingProvider: 'teamsForBusiness',
      onlineMeetingUrl: null,
    });
  });

  test('a body that keeps the join text keeps the meeting; one without it ends the online meeting', async () => {
    const event = await rig.create(online);

    const kept = await rig.patch(event.id, html(contentOf(event).replace('Bring', 'Do bring')));
    expect(joinUrlOf(kept.body)).toBe(joinUrlOf(event));

    const lost = await rig.patch(event.id, { ...html('<p>New text</p>'), ...online });
    expect(joinUrlOf(lost.body)).toBeNull();
    expect(lost.body.isOnlineMeeting).toBe(false);
  });

  test('the link survives changes of other properties, and cannot be switched off or to another provider', async () => {
    const event = await rig.create(online);

    await rig.patch(event.id, { subject: 'x', attendees: [attendee('cy@academy.example')] });
    const off = await rig.patch(event.id, { isOnlineMeeting: false, onlineMeetingProvider: 'skypeForBusiness' });

    expect(off.body).toMatchObject({ isOnlineMeeting: true, onlineMeetingProvider: 'teamsForBusiness' });
    expect(joinUrlOf(off.body)).toBe(joinUrlOf(event));
  });

  test('a plain event can become an online meeting later', async () => {
    const event = await rig.create();

    const changed = await rig.patch(event.id, { ...html('<p>New text</p>'), ...online });

    expect(contentOf(changed.body)).toContain('New text');
    expect(contentOf(changed.body)).toContain(joinUrlOf(changed.body));
  });

  test('the link may come late; the event changes when it does', async () => {
    await rig.control('PATCH', '/knobs', { teamsJoinUrlDelayMs: 60_000 });
    const event = await rig.create(online);
    expect([event.isOnlineMeeting, joinUrlOf(event)]).toEqual([true, null]);

    await rig.control('POST', '/clock', { advanceMs: 60_000 });

    const later = await rig.read(event.id);
    expect(contentOf(later)).toContain(joinUrlOf(later));
    expect(later.changeKey).not.toBe(event.changeKey);
  });

  test('a mailbox without a Teams licence makes the event without a link', async () => {
    await rig.control('PATCH', '/mailboxes/training@academy.example', { teamsLicensed: false });

    expect(await rig.create(online)).toMatchObject({ isOnlineMeeting: false, onlineMeeting: null });
    expect((await rig.graph('GET', 'calendar')).body.allowedOnlineMeetingProviders).toEqual([]);
  });
});
