import { AccessError, InputError } from '../../domain/errors';
import type { CalendarFacts, ClockSkew, MailboxInspector, MarkedSession } from '../../domain/inspection/facts';
import { looked } from '../../domain/inspection/looked';
import type { Clock } from '../../domain/ports';
import { chooseSubscription, type Subscriptions } from '../../domain/rsvp/subscriptions';
import type { CalendarKeys } from './calendar-keys';
import { pathForPeople, type GraphMailbox, type GraphRequest } from './client';
import { quote } from './event-query';
import { listAll } from './list-all';
import { flagOrNull, reader, text } from './schema';
import type { AccessTokens } from './tokens/access-tokens';
import { readTokenClaims } from './token-claims';

export interface MailboxInspectorOptions {
  readonly graph: GraphMailbox;
  /** Another mailbox of the tenant, with the same token. */
  readonly graphOf: (user: string) => GraphMailbox;
  readonly tokens: Pick<AccessTokens, 'get'>;
  readonly keys: Pick<CalendarKeys, 'eventPropertyId' | 'parseEventPropertyValue'>;
  readonly subscriptions: Pick<Subscriptions, 'wanted' | 'list'>;
  readonly skew: ClockSkew;
  readonly clock: Clock;
}

interface WireCalendarFacts {
  readonly name: string;
  readonly isDefaultCalendar: boolean;
  readonly isTallyingResponses: boolean;
  readonly canEdit?: boolean | null;
}

const readCalendarFacts = reader<WireCalendarFacts>('a calendar', {
  type: 'object',
  required: ['name', 'isDefaultCalendar', 'isTallyingResponses'],
  properties: {
    name: text,
    isDefaultCalendar: { type: 'boolean' },
    isTallyingResponses: { type: 'boolean' },
    canEdit: flagOrNull,
  },
});

const WEEKS_MS = 8 * 7 * 86_400_000;
const PAGE_SIZE = 200;

/** Reads alone, and one request that Graph must refuse: a mail to nobody, which tells whether mail may be sent. */
export function createMailboxInspector(options: MailboxInspectorOptions): MailboxInspector {
  const { graph, tokens, keys, clock } = options;

  async function describe(): Promise<CalendarFacts> {
    const query = '$select=name,isDefaultCalendar,isTallyingResponses,canEdit';
    const request: GraphRequest = { kind: 'describe', method: 'GET', path: '/calendar', query };
    const found = readCalendarFacts((await graph.send(request)).json, pathForPeople(graph.mailbox, request));
    return {
      name: found.name,
      isDefault: found.isDefaultCalendar,
      talliesResponses: found.isTallyingResponses,
      canEdit: found.canEdit === true,
    };
  }

  /** The same read that is allowed in our own mailbox: only a 403 means that the other one is out of reach. */
  async function tryOther(user: string): Promise<'refused' | 'readable'> {
    try {
      await options.graphOf(user).send({ kind: 'other', method: 'GET', path: '/calendar', query: '$select=id' });
      return 'readable';
    } catch (error) {
      if (error instanceof AccessError && error.context['status'] === 403) return 'refused';
      throw error;
    }
  }

  async function listMarked(): Promise<MarkedSession[]> {
    const now = clock.now().getTime();
    const [from, to] = [now, now + WEEKS_MS].map((ms) => encodeURIComponent(new Date(ms).toISOString()));
    const expand = `singleValueExtendedProperties($filter=id eq ${quote(keys.eventPropertyId)})`;
    const fields = `$select=id,isCancelled&$expand=${encodeURIComponent(expand)}`;
    const query = `startDateTime=${from}&endDateTime=${to}&${fields}&$top=${PAGE_SIZE}`;
    const items = await listAll(graph, { kind: 'marked', method: 'GET', path: '/calendarView', query });
    const found = new Map<string, MarkedSession>();
    for (const item of items) {
      const ref = keys.parseEventPropertyValue(propertyOf(item, keys.eventPropertyId) ?? '');
      if (ref === null) continue;
      const { platform, sessionId } = ref;
      const key = `${platform}/${sessionId}`;
      found.set(key, { platform, sessionId, events: (found.get(key)?.events ?? 0) + 1 });
    }
    return [...found.values()];
  }

  async function findSubscription(wanted: NonNullable<Subscriptions['wanted']>) {
    const listed = await options.subscriptions.list();
    const { keep } = chooseSubscription({ listed, wanted, knownId: null, now: clock.now().toISOString() });
    return keep === null ? null : { expiresAt: keep.expiresAt };
  }

  /** Graph looks at rights first: a mail to nobody is refused with 400 where mail may be sent, and with 403 where it may not. */
  async function tryMail(): Promise<'allowed'> {
    const message = { subject: 'Convoke', body: { contentType: 'text', content: '' }, toRecipients: [] };
    try {
      await graph.send({ kind: 'try-mail', method: 'POST', path: '/sendMail', body: { message } });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
    return 'allowed';
  }

  return {
    async inspect({ other, mail }) {
      const { wanted } = options.subscriptions;
      return {
        skewMs: await looked(options.skew),
        token: await looked(async () => readTokenClaims(await tokens.get())),
        calendar: await looked(describe),
        other: other === null ? null : await looked(() => tryOther(other)),
        marked: await looked(listMarked),
        subscription: wanted === null ? null : await looked(() => findSubscription(wanted)),
        mail: mail ? await looked(tryMail) : null,
      };
    },
  };
}

function propertyOf(item: unknown, id: string): string | null {
  const { singleValueExtendedProperties: list, isCancelled } = item as Record<string, unknown>;
  if (!Array.isArray(list) || isCancelled === true) return null;
  const found = (list as { readonly id?: unknown; readonly value?: unknown }[]).find(
    (property) => typeof property.id === 'string' && property.id.toLowerCase() === id.toLowerCase(),
  );
  return typeof found?.value === 'string' ? found.value : null;
}
