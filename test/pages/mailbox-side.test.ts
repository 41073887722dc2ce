import type { Browser } from 'playwright-core';
import { SESSION_PROPERTY_ID } from '../../src/contract/calendar-keys';
import { attendee, MicrosoftRig, type ShownEvent } from '../simulators/microsoft-rig';
import { launchBrowser, Visitor } from '../support/browser';

const TEMPORAL = 'http://127.0.0.1:8233';
const ADA = 'ada@academy.example';

describe('the mailbox side in a browser', () => {
  let browser: Browser;
  let rig: MicrosoftRig;
  let event: ShownEvent;
  let visitor: Visitor;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    rig = await MicrosoftRig.start({}, { temporalUiUrl: TEMPORAL });
    event = await rig.create({
      subject: 'Forklift safety: spring edition',
      singleValueExtendedProperties: [{ id: SESSION_PROPERTY_ID, value: 'academy/42' }],
      attendees: [attendee(ADA, 'Ada Byron'), attendee('ben@academy.example', 'Ben Nevis')],
    });
    visitor = await Visitor.arrive(browser, rig.origin);
  });
  afterEach(async () => {
    await visitor.leave();
    await rig.close();
    expect(visitor.complaints).toEqual([]);
  });

  it('leads from the calendar to an event, and from there to a person who answers', async () => {
    const { page } = visitor;
    await visitor.open('/?week=2030-05-06');
    await page.getByRole('table').getByRole('link', { name: 'Forklift safety: spring edition' }).click();
    await page.getByRole('heading', { name: 'Forklift safety: spring edition' }).waitFor();
    expect(await page.frameLocator('iframe').getByText('Bring your boots.').isVisible()).toBe(true);
    await page.getByRole('link', { name: 'Ada Byron' }).first().click();
    await page.getByLabel('Comment').fill('Looking forward');
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('Accepted').waitFor();

    expect((await rig.read(event.id)).attendees?.[0]?.status?.response).toBe('accepted');
    await visitor.open('/?week=2030-05-06');
    expect(await page.getByText('1 of 2 accepted').isVisible()).toBe(true);
  });

  it('shows in the outbox who got which mail and why', async () => {
    const { page } = visitor;
    await rig.patch(event.id, { location: { displayName: 'Room 9' } });
    await visitor.open('/');
    await page.getByRole('link', { name: 'Outbox' }).click();

    const mails = page.getByRole('row');
    expect(await mails.nth(1).innerText()).toMatch(/update of location goes to everybody[^]*Ada Byron[^]*Ben Nevis/);
    expect(await mails.nth(2).innerText()).toMatch(/Invitation/);
    await page.getByLabel('Recipient').fill('ben');
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('Invitations');
    await page.getByRole('button', { name: 'Show' }).click();
    expect(await page.getByRole('row').allInnerTexts()).toHaveLength(2);
  });

  it('finds a person by name', async () => {
    const { page } = visitor;
    await visitor.open('/ui/people');
    await page.getByLabel('Search').fill('nevis');
    await page.getByRole('button', { name: 'Search' }).click();

    expect(await page.getByRole('row').allInnerTexts()).toEqual([expect.any(String), expect.stringContaining('Ben')]);
    await page.getByRole('link', { name: 'Ben Nevis' }).click();
    expect(await page.getByRole('button', { name: 'Decline' }).isVisible()).toBe(true);
  });

  it('deletes an event by hand, and everybody is told', async () => {
    const { page } = visitor;
    await visitor.open(`/ui/events/${encodeURIComponent(event.id)}`);
    await page.getByRole('button', { name: /delete/i }).click();
    await page.getByText('Cancelled and deleted (1)').waitFor();

    expect(await rig.mailSince(2)).toEqual([`cancellation ${ADA}`, 'cancellation ben@academy.example']);
  });

  it('has a link to the workflow behind an event', async () => {
    const workflow = `${TEMPORAL}/namespaces/convoke/workflows/session%2Facademy%2F42`;

    for (const path of ['/?week=2030-05-06', `/ui/events/${encodeURIComponent(event.id)}`]) {
      await visitor.open(path);
      expect(await visitor.page.locator(`a[href="${workflow}"]`).first().isVisible()).toBe(true);
    }
  });

  it.each(['/?week=2030-05-06', '/?week=2031-01-01', '/ui/people', `/ui/people/${ADA}`, '/ui/outbox', 'the event'])(
    'can be used at 1280 x 800, folded and unfolded: %s',
    async (path) => {
      await rig.create({ subject: 'A name without blanks: ' + 'x'.repeat(200), start: event.start, end: event.end });
      await visitor.open(path === 'the event' ? `/ui/events/${encodeURIComponent(event.id)}` : path);

      expect(await visitor.obstacles()).toEqual([]);
      for (const fold of await visitor.page.locator('summary').all()) if (await fold.isVisible()) await fold.click();
      expect(await visitor.obstacles()).toEqual([]);
    },
  );
});
