/** One name or address, and how it may be written down. */
export interface Needle {
  readonly text: string;
  readonly forms: readonly { readonly form: string; readonly bytes: Buffer }[];
}

export interface Hit {
  readonly text: string;
  readonly form: string;
  /** What stands around it, readable. */
  readonly around: string;
}

const AROUND = 60;

/** Every form in which a text may stand in logs, metrics and a database file. Plain forms in both cases; base64 at each of its three offsets. */
export function toNeedle(text: string): Needle {
  const utf8 = Buffer.from(text, 'utf8');
  const forms: { form: string; bytes: Buffer }[] = [];
  const add = (form: string, bytes: Buffer): void => {
    if (bytes.length >= 8 && !forms.some((known) => known.bytes.equals(bytes))) forms.push({ form, bytes });
  };
  for (const cased of new Set([text, text.toLowerCase()])) {
    add('plain', Buffer.from(cased, 'utf8'));
    add('URL', Buffer.from(encodeURIComponent(cased)));
    add('JSON escapes', Buffer.from(escapeJson(cased)));
    add('HTML', Buffer.from(cased.replace(/[@.]/g, (c) => `&#${c.charCodeAt(0)};`)));
    add('UTF-16 LE', Buffer.from(cased, 'utf16le'));
    add('UTF-16 BE', Buffer.from(cased, 'utf16le').swap16());
    add('hex', Buffer.from(Buffer.from(cased, 'utf8').toString('hex')));
    for (const [offset, bytes] of base64Forms(Buffer.from(cased, 'utf8'))) {
      add(`base64 +${offset}`, bytes);
      add(`base64url +${offset}`, Buffer.from(bytes.toString().replaceAll('+', '-').replaceAll('/', '_')));
    }
  }
  if (utf8.length < 8) throw new Error(`"${text}" is too short to be searched for: it would be found by chance`);
  return { text, forms };
}

/** What base64 makes of the text wherever it begins: the characters that do not depend on its neighbours. */
function base64Forms(utf8: Buffer): [number, Buffer][] {
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), utf8])
      .toString('base64')
      .replace(/=+$/, '');
    const from = Math.ceil((offset * 8) / 6);
    const to = Math.floor(((offset + utf8.length) * 8) / 6);
    return [offset, Buffer.from(encoded.slice(from, to))];
  });
}

function escapeJson(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Where the needles stand in the haystack: the first place of each form. */
export function findAll(haystack: Buffer | string, needles: readonly Needle[]): Hit[] {
  const bytes = typeof haystack === 'string' ? Buffer.from(haystack, 'utf8') : haystack;
  return needles.flatMap(({ text, forms }) =>
    forms.flatMap(({ form, bytes: wanted }) => {
      const at = bytes.indexOf(wanted);
      if (at < 0) return [];
      const around = bytes.subarray(Math.max(0, at - AROUND), at + wanted.length + AROUND);
      return [{ text, form, around: around.toString('latin1').replace(/[^\x20-\x7e]/g, '.') }];
    }),
  );
}
