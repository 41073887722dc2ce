import { pruneAliases, resolveAlias } from '../../../src/domain/aliases';

const known = new Set(['mine', 'yours']);

test('a key that the calendar keeps in place of one of ours is that one; ours stay ours, strangers strangers', () => {
  const aliases = { kept: 'mine', yours: 'mine' };

  expect(['mine', 'kept', 'yours', 'stranger'].map((key) => resolveAlias(key, known, aliases))).toEqual([
    'mine',
    'mine',
    'yours',
    'stranger',
  ]);
  expect(resolveAlias('kept', known)).toBe('kept');
});

test('aliases of people who are gone are forgotten, and nothing stands for none', () => {
  expect(pruneAliases({ kept: 'mine', old: 'gone' }, known)).toEqual({ aliases: { kept: 'mine' } });
  expect(pruneAliases({ old: 'gone' }, known)).toEqual({});
  expect(pruneAliases(undefined, known)).toEqual({});
});
