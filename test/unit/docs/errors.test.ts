import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { API_ERRORS } from '../../../src/api/api-errors';
import { toHttpError } from '../../../src/adapters/http/to-http-error';
import { ENV_VARIABLES } from '../../../src/app/env';
import { REMEDIES } from '../../../src/domain/failures/remedies';

const ROOT = join(__dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const document = read('docs/errors.md');
/** Rows of the texts that failure mails have, and rows with a kind. */
const codes = [...document.matchAll(/^\| (?:\*\*)?`([A-Z0-9_]+)`/gm)].map(([, code = '']) => code);
const kindsOfCodes = [...document.matchAll(/^\| \*\*`[A-Z0-9_]+`\*\* \| ([a-z-]+) \|/gm)].map(([, kind]) => kind);

const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => read(join('src', path)));

/** Upper-case words of the source that are no codes: variables of the environment. */
const VARIABLES: readonly string[] = [...ENV_VARIABLES, 'TEMPORAL_GRPC_META_'];

/** What stands in the source as a code, by its area or where an error is made. */
function writtenCodes(): string[] {
  const areas = [...new Set(codes.map((code) => code.split('_')[0]))].filter((area) => area !== 'UNKNOWN');
  const word = new RegExp(`'((?:${areas.join('|')})_[A-Z0-9_]+)'`, 'g');
  const made = /(?:\bcode|\btype): '([A-Z0-9_]+)'/g;
  const found = sources.flatMap((text) =>
    [...text.matchAll(word), ...text.matchAll(made)].map(([, code = '']) => code),
  );
  return found.filter((code) => !VARIABLES.includes(code));
}

/** Codes that are put together from parts. */
function composedCodes(): string[] {
  const ofHttp = (['DOCEBO', 'GRAPH'] as const).flatMap((system) =>
    [0, 401, 404, 409, 422, 429, 500, 600].map((status) => httpCode(system, status)),
  );
  // Entra's refusals become GRAPH_TOKEN.
  const ofEntra = [0, 429, 500].map((status) => httpCode('ENTRA', status));
  const refusals = [...read('src/adapters/docebo/webhook/webhook-message.ts').matchAll(/refuse\(\s*'([A-Z_]+)'/g)];
  const ofWebhooks = refusals.map(([, what]) => `INPUT_WEBHOOK_${what}`);
  return [...ofHttp, ...ofEntra, ...ofWebhooks, ...Object.keys(API_ERRORS)];
}

function httpCode(system: 'DOCEBO' | 'GRAPH' | 'ENTRA', status: number): string {
  return toHttpError({ system, method: 'GET', path: '/', status }).code;
}

describe('docs/errors.md', () => {
  it('has every code that the source can raise', () => {
    const missing = [...new Set([...writtenCodes(), ...composedCodes()])].filter((code) => !codes.includes(code));

    expect(missing).toEqual([]);
  });

  it('has no code that the source does not know', () => {
    const known = new Set([...writtenCodes(), ...composedCodes(), ...Object.keys(REMEDIES)]);

    expect(codes.filter((code) => !known.has(code))).toEqual([]);
  });

  it('has each code once, of a kind that it explains', () => {
    const kinds = [...document.matchAll(/^\| ([a-z-]+) \|/gm)].map(([, kind]) => kind);

    expect(codes).toEqual([...new Set(codes)]);
    for (const kind of kindsOfCodes) expect(kinds).toContain(kind);
  });
});

describe('docs/runbook.md', () => {
  /** Areas and kinds that do not pass by themselves. */
  const SOMEBODY_MUST_ACT = /^(CONFIG|TEMPLATE|PLAN|BUG)_|_(ACCESS|TOKEN|CONTRACT|BODY_MARKER)$|^UNKNOWN$/;
  const entries = [...read('docs/runbook.md').matchAll(/^### (.+)$/gm)].flatMap(([, heading = '']) =>
    [...heading.matchAll(/`([A-Z0-9_]+)`/g)].map(([, code = '']) => code),
  );

  it('has an entry for each code that needs somebody', () => {
    const wanted = codes.filter((code) => SOMEBODY_MUST_ACT.test(code));

    expect(wanted.filter((code) => !entries.includes(code))).toEqual([]);
  });

  it('has an entry for each code that no failure mail comes with steps for', () => {
    expect(codes.filter((code) => !entries.includes(code) && !Object.hasOwn(REMEDIES, code))).toEqual([]);
  });

  it('has entries for codes of errors.md alone, each once', () => {
    expect(entries).toEqual([...new Set(entries)]);
    expect(entries.filter((code) => !codes.includes(code))).toEqual([]);
  });
});
