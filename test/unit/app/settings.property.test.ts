import { fc } from '../../support/properties';
import { toApiTokens } from '../../../src/app/config/api-tokens';
import { showDuration, toMilliseconds } from '../../../src/app/config/durations';
import { toCodecKeys } from '../../../src/app/config/keys';
import { toWebhookCredentials } from '../../../src/app/config/webhook-credentials';
import { readEnv } from '../../../src/app/env';
import { ConfigError } from '../../../src/domain/errors';
import { configure, SOME_ENV, yamlWith } from './some-configuration';

/** Temporal counts nanoseconds in 63 bits: 292 years. */
const LONGEST_MS = 9.2e12;

/** The problems that the settings have; null when there are none. Anything but a ConfigError is thrown on. */
function problems(make: () => unknown): readonly string[] | null {
  try {
    make();
    return null;
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

function reportsOf<T>(read: (report: (problem: string) => void) => T): {
  readonly value: T;
  readonly reports: string[];
} {
  const reports: string[] = [];
  return { value: read((problem) => reports.push(problem)), reports };
}

const env = (variables: Record<string, string>) => readEnv({ ...SOME_ENV, ...variables });

describe('durations', () => {
  const digits = fc.stringMatching(/^[0-9]{1,10}$/);
  const unit = fc.constantFrom('ms', 's', 'm', 'h', 'd');

  test('what is shown is read as the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: LONGEST_MS }), (milliseconds) => {
        expect(toMilliseconds(showDuration(milliseconds))).toBe(milliseconds);
      }),
      { numRuns: 1_000 },
    );
  });

  test('any text is refused with its place and advice, or is a time that Temporal can wait', () => {
    const text = fc.oneof(
      fc.tuple(digits, unit).map((parts) => parts.join('')),
      fc.string({ maxLength: 12 }),
    );
    let [taken, refused] = [0, 0];
    fc.assert(
      fc.property(text, (duration) => {
        const wrong = problems(() => {
          const { graceMs } = configure({ yaml: yamlWith({ pace: { grace: duration } }) }).config.pace;
          expect(Number.isSafeInteger(graceMs) && graceMs >= 0 && graceMs < LONGEST_MS).toBe(true);
          taken++;
        });
        if (wrong === null) return;
        refused++;
        expect(wrong).toEqual([
          expect.stringMatching(/^convoke\.yaml line \d+, pace\.grace: .*; write a duration such as 500ms/s),
        ]);
      }),
      { numRuns: 100 },
    );
    expect(Math.min(taken, refused)).toBeGreaterThan(20);
  });

  test.each([
    [{ pace: { retry: ['0s'] } }, 'pace.retry'],
    [{ pace: { rollOver: '0ms' } }, 'pace.rollOver'],
    [{ schedules: { sweep: '0s' } }, 'schedules.sweep'],
    [{ schedules: { rsvpPoll: '999ms' } }, 'schedules.rsvpPoll'],
    [{ schedules: { failureDigest: '0m' } }, 'schedules.failureDigest'],
  ])('no pause at all is none between repetitions: %j', (changes, place) => {
    const wrong = problems(() => configure({ yaml: yamlWith(changes), env: { CONVOKE_ENVIRONMENT: 'development' } }));

    expect(wrong).toEqual([expect.stringMatching(new RegExp(`${place}.*at least 1s`))]);
  });
});

test('any YAML, and any text, is taken or refused with all problems, each with a place', () => {
  const settings = fc.dictionary(
    fc.constantFrom(
      'platforms',
      'mailboxes',
      'microsoft',
      'pace',
      'schedules',
      'api',
      'templates',
      'doceboConnect',
      'x',
    ),
    fc.jsonValue({ maxDepth: 3 }),
  );
  const yaml = fc.oneof(
    fc.string({ maxLength: 80 }),
    settings.map((value) => JSON.stringify(value)),
    settings.map(yamlWith),
  );
  let refused = 0;
  fc.assert(
    fc.property(yaml, (text) => {
      const wrong = problems(() => configure({ yaml: text }));
      if (wrong === null) return;
      refused++;
      expect(wrong.length).toBeGreaterThan(0);
      for (const problem of wrong) expect(problem).toMatch(/^\S.*[:;]/s);
    }),
    { numRuns: 120 },
  );
  expect(refused).toBeGreaterThan(40);
});

describe('secrets in variables', () => {
  const password = fc.stringMatching(/^[!-+\--~]{8,40}$/);
  const user = fc.stringMatching(/^[!-+\--9;-~]{1,20}$/);

  test('webhook credentials: what is written is read, colons in passwords and all', () => {
    const pairs = fc.array(fc.record({ user, password }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(pairs, fc.constantFrom(',', ', ', ' ,\t'), (given, comma) => {
        const text = given.map((pair) => `${pair.user}:${pair.password}`).join(comma);

        const { value, reports } = reportsOf((report) =>
          toWebhookCredentials(env({ CONVOKE_WEBHOOK_ACADEMY: text }), 'academy', report),
        );

        expect({ value, reports }).toEqual({ value: given, reports: [] });
      }),
    );
  });

  test('codec keys: what is written is read, in order, in either alphabet of base64', () => {
    const key = fc.record({
      id: fc.stringMatching(/^[A-Za-z0-9._-]{1,32}$/),
      key: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    });
    const keys = fc.uniqueArray(key, { minLength: 1, maxLength: 4, selector: ({ id }) => id });
    fc.assert(
      fc.property(keys, fc.constantFrom('base64' as const, 'base64url' as const), (given, alphabet) => {
        const text = given.map((k) => `${k.id}:${Buffer.from(k.key).toString(alphabet)}`).join(',');

        const { value, reports } = reportsOf((report) => toCodecKeys(env({ CONVOKE_CODEC_KEYS: text }), report));

        expect(reports).toEqual([]);
        expect(value).toEqual(given);
      }),
    );
  });

  test('api tokens: what is written is read; what is not is told by its number, and never quoted', () => {
    const token = fc.stringMatching(/^[A-Za-z0-9._~+/=-]{32,50}$/);
    const entry = fc.record({
      name: fc.stringMatching(/^[a-z0-9-]{1,32}$/),
      roles: fc.subarray(['read', 'operate', 'decode'] as const, { minLength: 1 }),
      token,
    });
    const entries = fc.uniqueArray(entry, { minLength: 1, maxLength: 4, selector: (e) => e.token });
    const damage = fc.constantFrom(':more', ' ', '€', ':');
    fc.assert(
      fc.property(entries, damage, (given, odd) => {
        const write = (end: string): string =>
          given.map((e) => `${e.name}:${e.roles.join('+')}:${e.token}${end}`).join(', ');

        const right = reportsOf((report) => toApiTokens(env({ CONVOKE_API_TOKENS: write('') }), report));
        const wrong = reportsOf((report) => toApiTokens(env({ CONVOKE_API_TOKENS: write(`${odd}x`) }), report));

        expect(right).toEqual({ value: given, reports: [] });
        expect([wrong.value, wrong.reports.length]).toEqual([[], given.length]);
        for (const e of given) expect(wrong.reports.join()).not.toContain(e.token);
      }),
    );
  });

  test('anything else is refused with advice, and stands in no problem', () => {
    const variables = [
      ...['CONVOKE_CODEC_KEYS', 'CONVOKE_ADDRESS_KEY', 'CONVOKE_CODEC_TOKEN', 'CONVOKE_API_TOKENS'],
      'CONVOKE_WEBHOOK_ACADEMY',
    ];
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...variables), fc.stringMatching(/^[ -~]{12,60}$/), (name, garbage) => {
        const wrong = problems(() => configure({ env: { [name]: garbage } }));
        if (wrong === null) return;
        refused++;
        expect(wrong.every((problem) => problem.includes(name) && /;/.test(problem))).toBe(true);
        expect(wrong.join()).not.toContain(garbage.trim());
      }),
      { numRuns: 120 },
    );
    expect(refused).toBeGreaterThan(60);
  });
});

describe('the lookup table of Docebo Connect', () => {
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  const name = fc
    .stringMatching(/^[ -~é€]{0,30}[!-~é€]$/)
    .map((text) => text.trim())
    .filter((text) => text !== '');

  test('is read the same with any separator, order and case of its columns, and rows of others', () => {
    const columns = fc.shuffledSubarray(['Integration', 'Key', 'Value', 'Note'], { minLength: 4 });
    fc.assert(
      fc.property(
        ...[name, fc.boolean(), columns, fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), fc.boolean()],
        (calendar: string, flag: boolean, order: string[], separator: string, line: string, upper: boolean) => {
          const rows = [
            { Integration: 'msOutlook', Key: 'CALENDAR NAME', Value: calendar, Note: 'a, "b"; c' },
            { Integration: 'MSOUTLOOK ', Key: ' ADD_INSTRUCTOR_FLAG', Value: String(flag).toUpperCase(), Note: '' },
            { Integration: 'ZOOM', Key: 'CALENDAR NAME', Value: 'another', Note: '' },
          ];
          const head = order.map((column) => (upper ? column.toUpperCase() : column));
          const cells = rows.map((row) => order.map((column) => quoted(row[column as keyof typeof row])));
          const csv = [head, ...cells].map((row) => row.join(separator)).join(line);

          const { config } = configure({
            yaml: yamlWith({ doceboConnect: { lookupTable: 'settings.csv' } }),
            files: { 'settings.csv': csv },
          });

          expect(config.platforms['academy']?.settings.plan.addInstructors).toBe(flag);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('any text is taken or refused by the name of its file', () => {
    const cell = fc.oneof(
      fc.constantFrom(
        'Integration',
        'Key',
        'Value',
        'MSOUTLOOK',
        'CALENDAR NAME',
        'ADD_INSTRUCTOR_FLAG',
        'true',
        '"',
        '""',
      ),
      fc.string({ maxLength: 6 }),
    );
    const table = fc.array(
      fc.array(cell, { maxLength: 4 }).map((row) => row.join(',')),
      { maxLength: 5 },
    );
    const withHead = table.map((rows) => ['Integration,Key,Value', ...rows]);
    fc.assert(
      fc.property(fc.oneof(table, withHead), (rows) => {
        const wrong = problems(() =>
          configure({
            yaml: yamlWith({ doceboConnect: { lookupTable: 'settings.csv' } }),
            files: { 'settings.csv': rows.join('\n') },
          }),
        );
        for (const problem of wrong ?? []) expect(problem).toContain('settings.csv');
      }),
      { numRuns: 120 },
    );
  });
});
