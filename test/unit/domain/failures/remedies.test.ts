import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { REMEDIES, remedyFor } from '../../../../src/domain/failures/remedies';

const ROOT = path.resolve(__dirname, '../../../..');
/** Rooms whose errors end up in a session's state, in a schedule's run or in a mail. */
const ROOMS = ['domain', 'workflows', 'activities', 'adapters', 'temporal'];
/** Told at start on the console, or to the caller of the HTTP service; never by mail. */
const TOLD_ELSEWHERE = /^(CONFIG|INPUT|TEMPORAL|API|INGRESS|CODEC)_/;
const AREAS = 'DOCEBO|GRAPH|ENTRA|READ|PLAN|RSVP|ANSWERS|TEMPLATE|SESSION|SWEEP|SCHEDULE|WEBHOOK|MAIL|ACTIVITY|BUG';
/** Codes that `toHttpError` puts together. */
const COMPOSED = [
  ...['UNAVAILABLE', 'THROTTLED', 'ACCESS', 'NOT_FOUND', 'CONFLICT', 'REFUSED', 'CONTRACT'].flatMap((suffix) => [
    `DOCEBO_${suffix}`,
    `GRAPH_${suffix}`,
  ]),
  'ENTRA_UNAVAILABLE',
  'ENTRA_THROTTLED',
  'UNKNOWN',
];

describe('remedies', () => {
  it('exist for every code that can reach an operator', () => {
    const missing = [...new Set([...codesInSource(), ...COMPOSED])].filter((code) => REMEDIES[code] === undefined);

    expect(missing).toEqual([]);
  });

  it('are those of docs/errors.md', () => {
    const rows = readFileSync(path.join(ROOT, 'docs/errors.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'));

    expect(rows).toEqual(Object.keys(REMEDIES).map(rowOf));
  });

  it.each(Object.entries(REMEDIES))('speak in whole sentences: %s', (_code, { title, meaning, steps }) => {
    expect(title).not.toMatch(/[.!]$/);
    expect(steps.length).toBeGreaterThan(0);
    for (const sentence of [meaning, ...steps]) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    ['GRAPH_ACCESS', 'mailbox/training', 'Microsoft Graph refuses access to mailbox "training"'],
    ['GRAPH_ACCESS', 'platform/emea', 'Microsoft Graph refuses access to a mailbox of Docebo platform "emea"'],
    ['DOCEBO_TOKEN', 'platform/emea', 'Docebo platform "emea" gives Convoke no access token'],
    ['TEMPLATE_SYNTAX', 'template/emea', 'The invitation template of Docebo platform "emea" cannot be filled'],
    ['GRAPH_TOKEN', 'microsoft', 'Microsoft Entra gives Convoke no access token'],
    [
      'WEBHOOK_FOREIGN_DOMAIN',
      'platform/emea/$&{scope}/x',
      'Messages of another Docebo arrive at Docebo platform "emea": $&{scope}/x',
    ],
    [
      'WEBHOOK_UNKNOWN_EVENT',
      'platform/emea',
      'Docebo platform "emea" sends messages of a kind that Convoke does not know: ',
    ],
    ['BUG_UNFORESEEN', 'convoke', 'Convoke met an error that it does not know (Convoke)'],
    ['A_NEW_CODE', 'mailbox', 'Something failed that Convoke has no advice for (mailbox "")'],
    ['constructor', '', 'Something failed that Convoke has no advice for (Convoke)'],
  ])('name what is broken: %s in %s', (code, scope, title) => {
    expect(remedyFor(code, scope)).toMatchObject({ title, meaning: expect.any(String) as string });
  });
});

function codesInSource(): string[] {
  const files = ROOMS.flatMap((room) =>
    readdirSync(path.join(ROOT, 'src', room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.join(ROOT, 'src', room, file)),
  );
  return files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(new RegExp(`'((?:${AREAS})_[A-Z_]+)'`, 'g'))]
      .map(([, code = '']) => code)
      .filter((code) => !TOLD_ELSEWHERE.test(code)),
  );
}

/** As the table of docs/errors.md has it. */
function rowOf(code: string): string {
  const { title, meaning, steps } = REMEDIES[code]!;
  const scope = code.startsWith('GRAPH_')
    ? 'a mailbox'
    : code.startsWith('BUG_')
      ? 'a part of it'
      : 'a Docebo platform';
  const words = title.replace('{scope}', scope).replace('{detail}', 'the name');
  const cells = [`\`${code}\``, words.charAt(0).toUpperCase() + words.slice(1), meaning, steps.join(' ')];
  return `| ${cells.join(' | ').replaceAll('<platform>', '`<platform>`').replaceAll('<PLATFORM>', '`<PLATFORM>`')} |`;
}
