import { readFirst, readFirstAs, readPointer } from '../../../../src/adapters/docebo/profile/json-pointers';
import { readVariables } from '../../../../src/adapters/docebo/profile/uri-templates';
import { classify } from '../../../../src/adapters/docebo/profile/value-lists';
import { toCount, toFlag, toId, toUtcDate } from '../../../../src/adapters/docebo/api/wire';

describe('JSON pointers', () => {
  const json = { a: { 'x/y': { 'm~n': 1 } }, list: ['p', { q: null }], nothing: null };

  test.each([
    ['/a/x~1y/m~0n', 1],
    ['/list/0', 'p'],
    ['/list/1/q', null],
    ['/list/length', undefined],
    ['/a/b/c', undefined],
    ['/nothing/deeper', undefined],
    ['/constructor', undefined],
    ['/a/toString', undefined],
  ])('%s', (pointer, value) => {
    expect(readPointer(json, pointer)).toBe(value);
  });

  test('of several the first that leads somewhere', () => {
    expect(readFirst(json, ['/b', '/nothing', '/list/0'])).toBeNull();
    expect(readFirst(json, ['/b'])).toBeUndefined();
    expect(readFirstAs(json, ['/nothing', '/list/0'], toId)).toBe('p');
  });
});

describe('values as Docebo writes them', () => {
  test.each([
    ['12', 12],
    ['12', ' 12 '],
    ['a-b', 'a-b'],
    ['9'.repeat(200), '9'.repeat(200)],
    [null, '9'.repeat(201)],
    [null, '..'],
    [null, '.'],
    [null, 'a/b'],
    [null, ''],
    [null, '00'],
    [null, -1],
    [null, null],
  ])('id %s from %p', (id, value) => {
    expect(toId(value)).toBe(id);
  });

  test.each([
    [7, '7'],
    [0, 0],
    [null, ''],
    [null, '-1'],
    [null, 'many'],
  ])('count %s from %p', (count, value) => {
    expect(toCount(value)).toBe(count);
  });

  test.each([
    [true, true],
    [true, '1'],
    [false, 0],
    [false, 'False'],
    [null, 'yes'],
    [null, undefined],
  ])('flag %s from %p', (flag, value) => {
    expect(toFlag(value)).toBe(flag);
  });

  test.each([
    ['2026-05-04T09:00:00.000Z', '2026-05-04 09:00:00'],
    ['2026-05-04T00:00:00.000Z', '2026-05-04'],
    [undefined, '0000-00-00 00:00:00'],
    [undefined, ''],
    [undefined, null],
    [undefined, 'soon'],
  ])('date %s from %p', (date, value) => {
    expect(toUtcDate(value)?.toISOString()).toBe(date);
  });
});

describe('value lists', () => {
  const lists = { on: ['Enabled', 1, true], off: ['disabled', 0, false], inherit: [null] };

  test.each([
    ['on', 'enabled '],
    ['on', '1'],
    ['on', true],
    ['off', 0],
    ['inherit', null],
    ['inherit', undefined],
    [undefined, 'maybe'],
    [undefined, ''],
    [undefined, 'true'],
    [undefined, {}],
  ])('%s for %p', (list, value) => {
    expect(classify(value, lists)).toBe(list);
  });
});

describe('variables of a URI template', () => {
  test.each([
    ['/a/{x}/b{?page,page_size}', { variables: ['x', 'page', 'page_size'] }],
    ['/a', { variables: [] }],
    ['/a/{x', { fault: 'its braces do not match' }],
    ['/a/{x*}', { fault: '"{x*}" is no plain variable' }],
    ['/a/{#x}', { fault: '"{#x}" is no plain variable' }],
    ['/a/{}', { fault: '"{}" is no plain variable' }],
  ])('%s', (template, read) => {
    expect(readVariables(template)).toEqual(read);
  });
});
