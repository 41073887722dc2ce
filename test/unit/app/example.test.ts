import { readFileSync } from 'node:fs';
import path from 'node:path';
import schema from '../../../convoke.schema.json';
import { configure, SOME_YAML } from './some-configuration';

const example = readFileSync(path.resolve(__dirname, '../../../convoke.example.yaml'), 'utf8');
const SECRETS = { CONVOKE_CODEC_TOKEN: 'x'.repeat(20) };

describe('convoke.example.yaml', () => {
  it('works as it is, in production', () => {
    const { config } = configure({ yaml: example, env: SECRETS });

    expect(config.environment).toBe('production');
    expect(Object.keys(config.platforms)).toEqual(['academy']);
    expect(Object.keys(config.mailboxes)).toEqual(['training', 'training-milan']);
  });

  it('shows every setting there is', () => {
    const shown = new Set([...example.matchAll(/^[ #-]*([A-Za-z][A-Za-z_ ]*):/gm)].map(([, name]) => name));
    const inLine = new Set([...example.matchAll(/[{ ]([a-z]+): /g)].map(([, name]) => name));

    expect(settingsOf(schema as SchemaNode).filter((name) => !shown.has(name) && !inLine.has(name))).toEqual([]);
  });

  it('shows the defaults, but where it says that there is none', () => {
    const shown = configure({ yaml: example, env: SECRETS }).config;
    const least = configure({ yaml: SOME_YAML }).config;

    expect(shown.pace).toEqual(least.pace);
    expect(shown.platforms.academy?.settings.plan).toEqual(least.platforms.academy?.settings.plan);
    expect(shown.platforms.academy?.settings.calendar).toEqual(least.platforms.academy?.settings.calendar);
    expect(shown.platforms.academy?.settings.render).toEqual({
      ...least.platforms.academy?.settings.render,
      lmsBaseUri: 'academy.docebosaas.com',
    });
    expect(shown.platforms.academy?.docebo.budget).toEqual(least.platforms.academy?.docebo.budget);
    expect(shown.platforms.academy?.docebo.grant).toBe(least.platforms.academy?.docebo.grant);
    expect(shown.temporal).toEqual(least.temporal);
    expect({ ...shown.microsoft, tenant: '', clientId: '' }).toEqual({ ...least.microsoft, tenant: '', clientId: '' });
    expect({ ...shown.api, publicUrl: null, trustProxy: [], codec: null }).toEqual({ ...least.api, codec: null });
  });
});

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
