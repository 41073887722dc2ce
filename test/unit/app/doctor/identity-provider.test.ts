import { oidc } from '../../../../src/app/doctor/checks/oidc';
import { yamlWith } from '../some-configuration';
import { aContext, NOW, run, serving } from './a-context';

const ISSUER = 'https://login.example.com/tenant/v2.0';
const settings = { issuer: ISSUER, audience: ['convoke'], roles: { read: ['Convoke.Read'] } };
const yaml = yamlWith({ api: { oidc: settings } });
const DISCOVERY = '/.well-known/openid-configuration';
const document = (over: object = {}) => ({
  body: JSON.stringify({ issuer: ISSUER, jwks_uri: 'https://login.example.com/tenant/keys', ...over }),
});
const keySet = (...keys: readonly object[]) => ({ body: JSON.stringify({ keys }) });
const RSA = { kty: 'RSA', use: 'sig', alg: 'RS256' };
const asked = (answers: Parameters<typeof serving>[0]) => run(oidc, aContext({ yaml, fetch: serving(answers) }));

test('is no matter where none is set', async () => {
  expect((await run(oidc, aContext())).findings).toEqual([]);
});

test('is green when it is the one that is meant, has a key that may sign, and the same time', async () => {
  const { lines, text } = await asked({ [DISCOVERY]: document(), '/keys': keySet(RSA, { kty: 'oct' }) });

  expect(lines).toEqual(['green api.oidc', 'green api.oidc-clock']);
  expect(text).toContain('1 key may sign');
});

test.each([
  ['nothing answers', {}, 'ECONNREFUSED'],
  ['it answers an error', { [DISCOVERY]: { status: 404 } }, 'answered 404'],
  [
    'it is another issuer',
    { [DISCOVERY]: document({ issuer: `${ISSUER}/` }), '/keys': keySet(RSA) },
    'of another issuer',
  ],
  ['it names no keys', { [DISCOVERY]: document({ jwks_uri: undefined }) }, 'names no key set'],
  [
    'its keys would come unencrypted',
    { [DISCOVERY]: document({ jwks_uri: 'http://x.example/keys' }) },
    'not encrypted',
  ],
  ['its keys do not come', { [DISCOVERY]: document() }, '/keys does not answer'],
  ['its keys are none', { [DISCOVERY]: document(), '/keys': { body: '{}' } }, 'is no key set'],
  ['a login page answers', { [DISCOVERY]: { body: '<html>' } }, 'its answer is no JSON'],
])('is red when %s', async (_what, answers, says) => {
  const { lines, text } = await asked(answers);

  expect(lines).toEqual(['red api.oidc']);
  expect(text).toContain(says);
  expect(text).toContain(`curl -si ${ISSUER}${DISCOVERY}`);
});

test('is red when no key may sign by the algorithms that are allowed', async () => {
  const keys = keySet({ kty: 'RSA', use: 'enc' }, { kty: 'EC', alg: 'ES512' }, { kty: 'oct', alg: 'HS256' });

  const { lines, text } = await asked({ [DISCOVERY]: document(), '/keys': keys });

  expect(lines[0]).toBe('red api.oidc');
  expect(text).toContain('none of the 3 keys');
  expect(text).toContain('api.oidc.algorithms of convoke.yaml');
});

test('is red when its clock is further from ours than tokens may be, and looked at when it tells no time', async () => {
  const later = { ...document(), date: new Date(NOW.getTime() + 45_000) };
  const keys = { ...keySet(RSA), date: new Date(NOW.getTime() + 45_000) };

  const { lines, text } = await asked({ [DISCOVERY]: later, '/keys': keys });
  const untold = await asked({ [DISCOVERY]: { ...document(), date: null }, '/keys': { ...keySet(RSA), date: null } });

  expect(lines).toEqual(['green api.oidc', 'red api.oidc-clock']);
  expect(text).toMatch(/our clock is 4[56] s slow/);
  expect(text).toContain('timedatectl set-ntp true');
  expect(untold.lines).toEqual(['green api.oidc', 'yellow api.oidc-clock']);
});
