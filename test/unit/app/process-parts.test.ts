import { AccessError, ConfigError, UpstreamError } from '../../../src/domain/errors';
import { checkMailboxes } from '../../../src/app/worker/check-mailboxes';
import type { Config } from '../../../src/app/config/config-types';
import { createAddressKeys, digest } from '../../../src/app/keys';
import { describeError } from '../../../src/app/logger';

describe('mailboxes at start', () => {
  const calendar = { name: 'Calendar', isDefault: true, talliesResponses: true, onlineMeetingProviders: [] };
  const check = (found: object | Error, calendarName: string | null = null) => {
    const warnings: string[] = [];
    const config = { mailboxes: { training: { user: 'training@example.com', calendarName } } } as unknown as Config;
    const describeCalendar = () =>
      found instanceof Error ? Promise.reject(found) : Promise.resolve({ ...calendar, ...found });
    const warn = (_fields: unknown, message: string): void => void warnings.push(message);
    return checkMailboxes(config, () => ({ describeCalendar }), { warn } as never).then(() => warnings);
  };

  test('a primary calendar that notes answers is fine, by whatever case its name is written', async () => {
    expect(await check({}, 'calendar')).toEqual([]);
  });

  test('a calendar that notes no answers is refused, and what to do is said', async () => {
    await expect(check({ talliesResponses: false })).rejects.toThrow(
      /mailbox "training": its calendar does not note answers. Give a mailbox of a licensed account/,
    );
  });

  test('a calendar name that is not the primary one is refused', async () => {
    await expect(check({ name: 'Kalender' }, 'Courses')).rejects.toThrow(
      /is set to "Courses", but the primary calendar is called "Kalender". Only the primary calendar notes answers/,
    );
  });

  test('a mailbox that cannot be asked now does not keep the worker from starting', async () => {
    expect(await check(new UpstreamError('away', { code: 'GRAPH_UNAVAILABLE' }))).toEqual([
      'the mailbox could not be checked at start',
    ]);
  });
});

test('address keys tell people apart, whatever the case, and say nothing without the key', () => {
  const keyOf = createAddressKeys(Buffer.alloc(32, 1));

  expect(keyOf(' Ada@Example.com')).toBe(keyOf('ada@example.com'));
  expect(keyOf('ada@example.com')).toMatch(/^[\w-]{11}$/);
  expect(createAddressKeys(Buffer.alloc(32, 2))('ada@example.com')).not.toBe(keyOf('ada@example.com'));
  expect(digest('a')).toMatch(/^[\w-]{22}$/);
});

describe('errors in the log', () => {
  test('ours tell code, context and cause', () => {
    const cause = new TypeError('could not read ada@example.com');

    const shown = describeError(
      new AccessError('GRAPH refuses access', { code: 'GRAPH_ACCESS', context: { status: 403 }, cause }),
    );

    expect(shown).toMatchObject({ code: 'GRAPH_ACCESS', context: { status: 403 }, message: 'GRAPH refuses access' });
    expect(shown.cause).toMatchObject({ type: 'TypeError' });
    expect(JSON.stringify(shown)).not.toContain('ada@');
  });

  test('a setting that is wrong is told in full', () => {
    expect(describeError(new ConfigError(['a: wrong', 'b: wrong'])).message).toContain('  - b: wrong');
  });

  test('what is no error is told by its type alone', () => {
    expect(describeError('ada@example.com')).toEqual({ type: 'string' });
  });
});
