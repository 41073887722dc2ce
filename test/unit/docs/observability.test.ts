import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { METRICS } from '../../../src/app/telemetry/metric-list';

const ROOT = join(__dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const metrics = Object.values(METRICS);

describe('docs/observability.md', () => {
  const rows = [...read('docs/observability.md').matchAll(/^\| `(convoke_\w+)` \| (\w+) \| (.+?) \|/gm)].map(
    ([, name, type, labels = '']) => ({
      name,
      type,
      labels: labels === '-' ? [] : labels.replaceAll('`', '').split(' '),
    }),
  );

  it('lists every metric with its type and labels, and no other', () => {
    const known = metrics.map(({ name, type, labels }) => ({ name, type, labels: [...labels] }));

    expect([...rows].sort(byName)).toEqual([...known].sort(byName));
  });
});

function byName(a: { readonly name?: string }, b: { readonly name?: string }): number {
  return (a.name ?? '').localeCompare(b.name ?? '');
}

/** Names with the suffixes that a histogram has on the wire. */
const onTheWire = new Set(
  metrics.flatMap(({ name, type }) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
  ),
);
const usedIn = (text: string): string[] => [...new Set([...text.matchAll(/\bconvoke_\w+/g)].map(([name]) => name))];

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

describe('deploy/observability/alerts.yml', () => {
  const { groups } = parse(read('deploy/observability/alerts.yml')) as { groups: { rules: Rule[] }[] };
  const rules = groups.flatMap((group) => group.rules).map((rule): [string, Rule] => [rule.alert, rule]);

  it.each(rules)('%s asks for metrics that exist', (_name, { expr }) => {
    expect(usedIn(expr).filter((name) => !onTheWire.has(name))).toEqual([]);
  });

  it.each(rules)('%s says what is wrong and leads to what to do', (_name, { labels, annotations }) => {
    expect(labels.severity).toMatch(/^(critical|warning)$/);
    expect(annotations.summary).toMatch(/[a-z]/);
    const [file = '', anchor] = (annotations.runbook ?? '').split('#');
    expect(['docs/runbook.md', 'docs/errors.md', 'docs/observability.md']).toContain(file);
    expect(existsSync(join(ROOT, file))).toBe(true);
    if (anchor !== undefined) expect(anchorsOf(file)).toContain(anchor);
  });
});

describe('deploy/observability/dashboard.json', () => {
  const dashboard = JSON.parse(read('deploy/observability/dashboard.json')) as {
    readonly panels: readonly {
      readonly title: string;
      readonly type: string;
      readonly targets?: { expr: string }[];
    }[];
  };
  const panels = dashboard.panels.filter(({ type }) => type !== 'row').map((panel) => [panel.title, panel] as const);

  it.each(panels)('%s asks for metrics that exist', (_title, { targets = [] }) => {
    expect(targets.length).toBeGreaterThan(0);
    for (const { expr } of targets) expect(usedIn(expr).filter((name) => !onTheWire.has(name))).toEqual([]);
  });
});

describe('deploy/observability/prometheus.yml', () => {
  it('looks where the containers and the example settings serve', () => {
    const text = read('deploy/observability/prometheus.yml');
    const compose = read('docker-compose.yml');
    const example = read('convoke.example.yaml');

    for (const [key, port] of [
      ['apiPort', 9464],
      ['workerPort', 9465],
    ] as const) {
      expect(text).toContain(`127.0.0.1:${port}`);
      expect(compose).toMatch(new RegExp(`127\\.0\\.0\\.1:${port}(-\\d+)?:${port}`));
      expect(example).toContain(`#${key}: ${port}`);
    }
  });
});

function anchorsOf(file: string): string[] {
  return [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .replace(/`/g, '')
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replace(/ /g, '-'),
  );
}
