import type { Event } from '@microsoft/microsoft-graph-types';
import {
  createMicrosoftSimulator,
  type MicrosoftSimulator,
  type MicrosoftSimulatorOptions,
} from '../../simulators/microsoft/server';
import type { OutboxEntry } from '../../simulators/microsoft/state/model';
import type { Knobs } from '../../simulators/microsoft/state/knobs';

export const organizer = 'training@academy.example';
export const immutable = { prefer: 'IdType="ImmutableId"' };

export interface Answered<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

export interface ErrorAnswer {
  readonly error: { readonly code: string; readonly message: string; readonly [more: string]: unknown };
}

export type ShownEvent = Event & { readonly id: string; readonly '@odata.etag': string };

/** One simulator over HTTP, with an organiser, a client and a token; asked with fetch only. */
export class MicrosoftRig {
  origin = '';
  token = '';

  private constructor(readonly simulator: MicrosoftSimulator) {}

  static async start(knobs: Partial<Knobs> = {}, more: MicrosoftSimulatorOptions = {}): Promise<MicrosoftRig> {
    const rig = new MicrosoftRig(
      createMicrosoftSimulator({
        ...more,
        knobs,
        mailboxes: [{ address: organizer, displayName: 'Academy Training', calendars: ['Second'] }],
        apps: [{ clientId: 'client-1', clientSecret: 'secret-1' }],
      }),
    );
    rig.origin = await rig.simulator.listen(0);
    rig.token = await rig
      .control<{ accessToken: string }>('POST', '/tokens', { clientId: 'client-1' })
      .then((t) => t.accessToken);
    return rig;
  }

  close(): Promise<void> {
    return this.simulator.close();
  }

  /** A call to Graph v1.0; paths that start with `events`, `calendar`, `mail`... are the organiser's. */
  async graph<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = immutable,
  ): Promise<Answered<T>> {
    const url = path.startsWith('http')
      ? path
      : `${this.origin}/v1.0${path.startsWith('/') ? path : `/users/${organizer}/${path}`}`;
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as T, headers: response.headers };
  }

  async control<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.origin}/__control${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async create(change: Event = {}, path = 'events'): Promise<ShownEvent> {
    const made = await this.graph<ShownEvent>('POST', path, anEvent(change));
    if (made.status !== 201) throw new Error(`create: ${made.status} ${JSON.stringify(made.body)}`);
    return made.body;
  }

  async read(id: string, query = ''): Promise<ShownEvent> {
    const found = await this.graph<ShownEvent>('GET', `events/${encodeURIComponent(id)}${query}`);
    if (found.status !== 200) throw new Error(`read: ${found.status} ${JSON.stringify(found.body)}`);
    return found.body;
  }

  patch(id: string, change: Event, headers: Record<string, string> = immutable): Promise<Answered<ShownEvent>> {
    return this.graph<ShownEvent>('PATCH', `events/${encodeURIComponent(id)}`, change, headers);
  }

  outbox(query = ''): Promise<OutboxEntry[]> {
    return this.control('GET', `/outbox${query}`);
  }

  /** What left since the last look, as `kind to`. */
  async mailSince(index: number): Promise<string[]> {
    const entries = await this.outbox(`?since=${index}`);
    return entries.map((e) => `${e.kind} ${e.to}`).sort();
  }

  respond(address: string, event: string, response: string, more: object = {}): Promise<void> {
    return this.control('POST', `/people/${encodeURIComponent(address)}/respond`, { event, response, ...more });
  }
}

export function anEvent(change: Event = {}): Event {
  return {
    subject: 'Forklift safety',
    body: { contentType: 'html', content: '<p>Bring your boots.</p>' },
    start: { dateTime: '2030-05-06T09:00:00', timeZone: 'W. Europe Standard Time' },
    end: { dateTime: '2030-05-06T17:00:00', timeZone: 'W. Europe Standard Time' },
    location: { displayName: 'Room 4' },
    attendees: [attendee('ada@academy.example'), attendee('ben@academy.example')],
    ...change,
  };
}

export function attendee(address: string, name = address.split('@')[0] ?? address) {
  return { type: 'required' as const, emailAddress: { address, name } };
}
