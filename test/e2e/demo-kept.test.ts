import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { someLearners } from '../../demo/academy/people';
import { seeded } from '../../demo/academy/sessions';
import { MicrosoftControl } from '../../demo/house/microsoft-control';
import { MAILBOX } from '../../demo/house/settings';
import { DoceboControl } from '../../simulators/docebo/control/client';
import { DemoProcess } from '../support/demo-process';
import { eventually } from '../support/stack';

describe('the demo with --keep', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'convoke-kept-')), 'demo');
  const args = ['--keep', '--folder', folder];
  let demo: DemoProcess;

  const open = async () => {
    demo = new DemoProcess(args);
    const [, docebo = ''] = await demo.says(/Docebo \(simulated\) +(http:\S+)/);
    const [, microsoft = ''] = await demo.says(/Outlook \(simulated\) +(http:\S+)/);
    const [, ui = ''] = await demo.says(/Temporal Web UI +(http:\S+)/);
    await demo.says(/Ctrl-C stops everything/);
    return { docebo: new DoceboControl(docebo), microsoft: new MicrosoftControl(microsoft), ui };
  };

  afterAll(async () => {
    await demo.kill('SIGKILL');
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  test('fills the calendar, shows where to look, and ends by Ctrl-C', async () => {
    const { docebo, microsoft, ui } = await open();

    for (const page of [docebo.baseUrl, microsoft.baseUrl, ui]) expect((await fetch(page)).status).toBe(200);
    expect(demo.output).toMatch(/26 events in the calendar, 465 invitations sent/);
    expect(await demo.kill('SIGINT')).toBe(0);
  });

  test('goes on from there: nobody is invited again, and a new learner is', async () => {
    const { docebo, microsoft } = await open();
    const events = await microsoft.events(MAILBOX.address);
    const mails = await microsoft.outbox();

    await docebo.run('enrol', { sessionId: seeded(3), userIds: someLearners(200, 1) });
    const more = await eventually(async () => {
      const since = await microsoft.outbox(mails.length);
      return since.length > 0 ? since : null;
    }, 'an invitation');

    expect(events).toHaveLength(26);
    expect(mails).toHaveLength(465);
    expect(more.map(({ kind }) => kind)).toEqual(['invitation']);
    expect(await microsoft.events(MAILBOX.address)).toHaveLength(26);
  });

  test('takes all its programs along when it is killed', async () => {
    const { programs } = JSON.parse(readFileSync(join(folder, 'convoke/supervisor.json'), 'utf8')) as {
      programs: Record<string, number>;
    };
    const { docebo, microsoft } = {
      docebo: (await demo.says(/Docebo \(simulated\) +(http:\S+)/))[1]!,
      microsoft: (await demo.says(/Outlook \(simulated\) +(http:\S+)/))[1]!,
    };

    await demo.kill('SIGKILL');

    await eventually(
      async () => (Object.values(programs).some(isAlive) ? null : true),
      `the end of ${Object.values(programs).join(', ')}`,
    );
    for (const page of [docebo, microsoft]) await expect(fetch(page)).rejects.toThrow('fetch failed');
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
