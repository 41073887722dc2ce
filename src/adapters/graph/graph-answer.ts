/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export type ParsedBody = { readonly ok: true; readonly json: unknown } | { readonly ok: false };

/** An empty body is fine: `cancel` answers 202 with none. */
export function parseBody(text: string): ParsedBody {
  if (text.trim() === '') return { ok: true, json: undefined };
  try {
    return { ok: true, json: JSON.parse(text) as unknown };
  } catch {
    return { ok: false };
  }
}

/** `error.code` of a failed answer; null when there is none that looks like a code. Messages are never read: they may quote personal data. */
export function errorCodeOf(body: ParsedBody): string | null {
  const code = body.ok ? fieldOf(fieldOf(body.json, 'error'), 'code') : null;
  return typeof code === 'string' && /^[\w.:-]{1,80}$/.test(code) ? code : null;
}

/** The first event's id in an `ErrorDuplicateTransactionId`; seen in the field, not documented. */
export function existingEventIdOf(json: unknown): string | null {
  const error = fieldOf(json, 'error');
  const id =
    fieldOf(error, '@event.existingEventId') ?? fieldOf(fieldOf(error, 'innerError'), '@event.existingEventId');
  return typeof id === 'string' && id !== '' ? id : null;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
