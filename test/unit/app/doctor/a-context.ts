import type { Client } from '@temporalio/client';
import type { Check, DoctorContext, Finding } from '../../../../src/app/doctor/check';
import { createAddressKeys } from '../../../../src/app/keys';
import type { CalendarFacts, Looked, MailboxFacts, PlatformFacts } from '../../../../src/domain/inspection/facts';
import { A_WAY } from '../../../support/a-way';
import { configure, type Situation } from '../some-configuration';

export const NOW = new Date('2026-11-27T20:00:00.000Z');

export function seen<T>(value: T): Looked<T> {
  return { ok: true, value };
}

export function failed(code: string, status: number | null = null): Looked<never> {
  return { ok: false, code, message: 'it failed', status };
}

export function someMailboxFacts(over: Partial<MailboxFacts> = {}): MailboxFacts {
  return {
    skewMs: seen(0),
    calendar: seen(aCalendar()),
    token: seen(null),
    other: null,
    marked: seen([]),
    subscription: null,
    mail: null,
    ...over,
  };
}

export function aCalendar(over: Partial<CalendarFacts> = {}): CalendarFacts {
  return { name: 'Calendar', isDefault: true, talliesResponses: true, canEdit: true, ...over };
}

export function somePlatformFacts(over: Partial<PlatformFacts> = {}): PlatformFacts {
  return {
    skewMs: seen(0),
    readAs: seen('13000/godadmin'),
    sample: seen(null),
    courses: { seen: 1, lookedInto: 1 },
    ...over,
  };
}

type Over = Partial<DoctorContext> &
  Situation & { readonly mailbox?: Partial<MailboxFacts>; readonly platform?: Partial<PlatformFacts> };

/** Everything in order, and nobody there: what a test is about it puts over it. */
export function aContext({ yaml, env, files, mailbox, platform, ...over }: Over = {}): DoctorContext {
  const { config, secrets } = configure({
    ...(yaml === undefined ? {} : { yaml }),
    ...(env === undefined ? {} : { env }),
    ...(files === undefined ? {} : { files }),
  });
  return {
    config,
    secrets,
    platforms: Object.keys(config.platforms),
    mailboxes: Object.keys(config.mailboxes),
    now: () => NOW,
    fetch: () => Promise.reject(new TypeError('nobody is there')),
    keyOf: createAddressKeys(secrets.addressKey),
    triesOther: false,
    client: null,
    reads: { read: () => Promise.reject(new Error('not asked')), serverSkewMs: async () => null },
    platformFacts: async () => ({ result: somePlatformFacts(platform), via: 'worker' }),
    mailboxFacts: async () => ({ result: someMailboxFacts(mailbox), via: 'worker' }),
    health: async () => 'unreadable',
    tryMailServer: async () => undefined,
    ...over,
  };
}

/** As much of a client as a check uses. */
export function aClient(parts: Readonly<Record<string, unknown>>): Client {
  const withDeadline = <T>(_at: number, work: () => Promise<T>): Promise<T> => work();
  return { options: { namespace: 'convoke' }, withDeadline, ...parts } as unknown as Client;
}

/** "verdict check subject"; and everything that is red says how it is mended. */
export async function run(check: Check, context: DoctorContext): Promise<Told> {
  const findings = await check.run(context);
  for (const { verdict, mend } of findings) if (verdict === 'red') expect(mend.join(' ')).toMatch(A_WAY);
  return {
    findings,
    lines: findings.map(({ verdict, check: name, subject }) => [verdict, name, subject].filter(Boolean).join(' ')),
    text: findings.flatMap(({ says, mend }) => [says, ...mend]).join('\n'),
  };
}

export interface Told {
  readonly findings: readonly Finding[];
  readonly lines: readonly string[];
  readonly text: string;
}

/** Answers by the end of the address; what is not named is not there. */
export function serving(
  answers: Readonly<
    Record<
      string,
      { readonly status?: number; readonly body?: string; readonly type?: string; readonly date?: Date | null }
    >
  >,
  asked: { readonly url: string; readonly init: RequestInit }[] = [],
): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const url = input instanceof Request ? input.url : new URL(input).href;
    asked.push({ url, init });
    const [, answer] = Object.entries(answers).find(([end]) => new URL(url).pathname.endsWith(end)) ?? [];
    if (answer === undefined) throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    const { status = 200, body = '', type = 'application/json', date = NOW } = answer;
    const headers = { 'content-type': type, ...(date === null ? {} : { date: date.toUTCString() }) };
    const text = body === '{echo}' ? (new URL(url).searchParams.get('validationToken') ?? '') : body;
    return new Response(text, { status, headers });
  };
}
