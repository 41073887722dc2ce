import type { Browser } from 'playwright-core';
import { createDoceboSimulator, type DoceboSimulator } from '../../simulators/docebo/server';
import { DoceboControl } from '../../simulators/docebo/control/client';
import { profileNamed, seedSmall } from '../simulators/docebo-harness';
import { launchBrowser, Visitor } from '../support/browser';

const TEMPORAL = 'http://127.0.0.1:8233';

describe('the Docebo side in a browser', () => {
  let browser: Browser;
  let simulator: DoceboSimulator;
  let control: DoceboControl;
  let origin: string;
  let sessionId: number;
  let visitor: Visitor;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    simulator = createDoceboSimulator({
      profile: profileNamed('assumed-v1'),
      platform: 'academy',
      temporalUi: { url: TEMPORAL, namespace: 'convoke' },
    });
    origin = await simulator.listen();
    control = new DoceboControl(origin);
    sessionId = (await seedSmall(control)).session.id;
    visitor = await Visitor.arrive(browser, origin);
  });
  afterEach(async () => {
    await visitor.leave();
    await simulator.close();
    expect(visitor.complaints).toEqual([]);
  });

  const session = async () => (await control.truth()).sessions.find(({ id }) => id === sessionId);

  it('leads from the courses to a session, where people are found, ticked and enrolled', async () => {
    const { page } = visitor;
    await visitor.open('/');
    await page.getByRole('link', { name: 'Spring Édition 1' }).click();
    await page.getByText('Enrol people').click();
    const enrol = page.locator('form[action="/ui/do/enrol"]');
    await enrol.getByPlaceholder('Name or e-mail').fill('grace');
    expect(await enrol.getByRole('checkbox').filter({ visible: true }).count()).toBe(1);
    await enrol.getByText('Grace Murray').click();
    await enrol.getByRole('button', { name: 'Enrol' }).click();

    await page.getByRole('status').waitFor();
    expect(await page.getByRole('status').innerText()).toContain('They are enrolled');
    expect(await page.getByText('1 of 30 seats').isVisible()).toBe(true);
    const { enrolments, users } = await control.truth();
    const grace = users.find(({ firstName }) => firstName === 'Grace');
    expect(enrolments).toMatchObject([{ sessionId, userId: grace?.id, status: 'active' }]);
  });

  it('moves an event by its form', async () => {
    const { page } = visitor;
    await visitor.open(`/ui/sessions/${sessionId}`);
    await page.getByText('Move', { exact: true }).first().click();
    const move = page.locator('form:visible', { has: page.getByRole('button', { name: 'Move event' }) });
    await move.getByLabel('Date').fill('2027-04-12');
    await move.getByLabel('From').fill('10:30');
    await move.getByLabel('To').fill('12:00');
    await move.getByRole('button', { name: 'Move event' }).click();

    await page.getByText('Mon 12 Apr 2027').waitFor();
    const moved = (await control.truth()).events.find((event) => event.date === '2027-04-12');
    expect(moved).toMatchObject({ startsAtUtc: '2027-04-12T08:30:00.000Z', endsAtUtc: '2027-04-12T10:00:00.000Z' });
  });

  it('cancels a session, restores it and deletes it', async () => {
    const { page } = visitor;
    await visitor.open(`/ui/sessions/${sessionId}`);
    await page.getByLabel('Reason').fill('Snow on the road');
    await page.getByRole('button', { name: 'Cancel session' }).click();
    await page.getByText('Cancelled: Snow on the road').waitFor();
    expect(await session()).toMatchObject({ status: 'cancelled' });

    await page.getByRole('button', { name: 'Restore session' }).click();
    await page.getByText('The session is restored.').waitFor();
    expect(await session()).toMatchObject({ status: 'active' });

    await page.getByRole('button', { name: 'Delete session' }).click();
    await page.getByText('The session Spring Édition 1 is deleted.').waitFor();
    expect(await session()).toBeUndefined();
    expect(new URL(page.url()).pathname).toBe('/');
  });

  it('switches the invitations of a session off and back to the default', async () => {
    const { page } = visitor;
    await visitor.open(`/ui/sessions/${sessionId}`);
    await page.getByRole('button', { name: 'Off', exact: true }).click();
    await page.getByText('Invitations: Off.').waitFor();
    expect(await session()).toMatchObject({ rsvp: 'off' });

    await page.getByRole('button', { name: 'Default (on)' }).click();
    await page.getByText('Invitations: Default (on).').waitFor();
    expect(await session()).toMatchObject({ rsvp: 'inherit' });
  });

  it('has a link to the workflow of each session', async () => {
    const workflow = `${TEMPORAL}/namespaces/convoke/workflows/session%2Facademy%2F${sessionId}`;

    await visitor.open('/');
    expect(await visitor.page.getByRole('link', { name: 'Open ↗' }).getAttribute('href')).toBe(workflow);
    await visitor.open(`/ui/sessions/${sessionId}`);
    expect(await visitor.page.getByRole('link', { name: 'Workflow in Temporal' }).getAttribute('href')).toBe(workflow);
  });

  it.each(['/', '/ui/sessions/1001', '/ui/plans', '/ui/people', '/ui/places', '/ui/webhooks'])(
    'can be used at 1280 x 800, folded and unfolded: %s',
    async (path) => {
      await control.run('create-learning-plan', { name: 'Onboarding', courseIds: [] });
      await control.run('update-session', { sessionId, name: 'x'.repeat(200) });
      await control.addWebhook({ url: 'http://127.0.0.1:1/webhooks/docebo/academy', name: 'Calendars', active: false });
      await visitor.open(path);

      expect(await visitor.obstacles()).toEqual([]);
      for (const fold of await visitor.page.locator('summary').all()) if (await fold.isVisible()) await fold.click();
      expect(await visitor.obstacles()).toEqual([]);
    },
  );
});
