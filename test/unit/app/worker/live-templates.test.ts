import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readEnv } from '../../../../src/app/env';
import { createLiveTemplates } from '../../../../src/app/worker/live-templates';
import { loadConfig } from '../../../../src/app/load-config';
import { SOME_ENV, yamlWith } from '../some-configuration';

describe('a template file that is edited while Convoke runs', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'convoke-template-'));
  const file = path.join(folder, 'mine.html');
  let edits = 0;
  afterAll(() => rmSync(folder, { recursive: true }));

  function save(text: string): void {
    writeFileSync(file, text);
    // Two edits within a tick of the file system's clock, of the same length, would look the same.
    utimesSync(file, new Date(), new Date(Date.now() + 1_000 * ++edits));
  }

  function start(body = './mine.html') {
    const configFile = path.join(folder, 'convoke.yaml');
    const additionalInputs = { room_note: 'session:5' };
    writeFileSync(configFile, yamlWith({ platforms: { academy: { templates: { body }, additionalInputs } } }));
    const { config } = loadConfig(readEnv({ ...SOME_ENV, CONVOKE_CONFIG: configFile }));
    const news: unknown[] = [];
    const settingsOf = createLiveTemplates({
      platforms: config.platforms,
      onChange: ({ problem }) => news.push(problem),
    });
    return { news, text: async () => (await settingsOf('academy')).bodyTemplate };
  }

  it('counts from the next invitation on, and is told once', async () => {
    save('<p>{{course_name}}</p>');
    const { news, text } = start();
    await expect(text()).resolves.toBe('<p>{{course_name}}</p>');

    save('<p>{{session_name}} {{room_note}}</p>');

    await expect(text()).resolves.toBe('<p>{{session_name}} {{room_note}}</p>');
    await text();
    expect(news).toEqual([null]);
  });

  it('renders nothing while there is a mistake in it, and goes on when it is mended', async () => {
    save('<p>{{course_name}}</p>');
    const { text } = start();
    await text();

    save('<p>{{#course_name}}</p>');
    await expect(text()).rejects.toMatchObject({ code: 'TEMPLATE_SYNTAX' });
    save('<p>{{course_nome}}</p>');
    await expect(text()).rejects.toMatchObject({ code: 'TEMPLATE_UNKNOWN_VARIABLE' });
    save('<p>{{course_name}}!</p>');

    await expect(text()).resolves.toBe('<p>{{course_name}}!</p>');
  });

  it('keeps its last text while the file is gone, and says so once', async () => {
    save('<p>{{course_name}}</p>');
    const { news, text } = start();
    rmSync(file);

    await expect(text()).resolves.toBe('<p>{{course_name}}</p>');
    await text();
    expect(news).toEqual(['there is no such file']);

    save('<p>back</p>');
    await expect(text()).resolves.toBe('<p>back</p>');
  });

  it('leaves the templates alone that come with Convoke', async () => {
    const { news, text } = start('invitation');

    await expect(text()).resolves.toContain('{{');
    expect(news).toEqual([]);
  });
});
