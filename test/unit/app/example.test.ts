import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { aCertificate } from '../../support/a-certificate';
import schema from '../../../convoke.schema.json';
import { configure, SOME_YAML } from './some-configuration';

const example = readFileSync(path.resolve(__dirname, '../../../convoke.example.yaml'), 'utf8');

/** With the settings on that have a "#" right before them (that of a comment is followed by one blank). */
const allOn = example.replace(/^( *)#(?=\S| {2})/gm, '$1');

describe('convoke.example.yaml', () => {
  it('works as it is, in production, and shows the defaults', () => {
    const shown = configure({ yaml: example }).config;
    const least = configure({
      yaml: SOME_YAML.replace('academy.example.com', 'academy.docebosaas.com'),
    }).config;

    expect(shown).toEqual(least);
    expect(shown.environment).toBe('production');
  });

  it('works with everything switched on', () => {
    const { certificate, privateKey } = aCertificate();
    const pem = {
      './app.pem': certificate,
      './app.key': privateKey,
      './mail-ca.pem': 'CA',
      './temporal-ca.pem': 'CA',
      './temporal-client.pem': 'CERT',
      './temporal-client.key': 'KEY',
    };
    const { config } = configure({ yaml: allOn, env: { CONVOKE_CODEC_TOKEN: 'x'.repeat(20) }, files: pem });

    expect(Object.keys(config.mailboxes)).toEqual(['training', 'training-milan']);
    expect(config.platforms.academy?.settings.routing.routes).toEqual([
      { courses: ['190', '191'], mailbox: 'training-milan' },
      { categories: ['Safety', '12'], locations: ['Milan HQ'], mailbox: 'training-milan' },
      {
        fields: [
          { of: 'session', field: 'Region', values: ['EMEA', 'APAC'] },
          { of: 'course', field: '7', values: ['external'] },
        ],
        mailbox: 'training-milan',
      },
    ]);
    expect(config.api.codec).toEqual({ access: 'bearer', allowedOrigins: ['https://temporal.example.com'] });
    expect(config.temporal.isExternal).toBe(true);
  });

  it('shows every setting there is', () => {
    const shown = new Set(keysOf(parse(allOn)));

    expect(
      settingsOf(schema as SchemaNode).filter((name) => !shown.has(name) && !example.includes(`# ${name}: `)),
    ).toEqual([]);
  });
});

function keysOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [key, ...keysOf(part)]);
}

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

function settingsOf(node: SchemaNode): string[] {
  const groups = [...Object.entries(node.properties ?? {}), ...Object.entries(node.$defs ?? {})];
  return [
    ...Object.keys(node.properties ?? {}),
    ...groups.flatMap(([, part]) => settingsOf(part)),
    ...(node.items === undefined ? [] : settingsOf(node.items)),
  ];
}
