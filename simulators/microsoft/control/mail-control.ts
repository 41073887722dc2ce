import type { FastifyInstance } from 'fastify';
import { forward, type Forward } from '../people/forward';
import { meetingsOf } from '../people/meetings-of';
import { respond, type Answer } from '../people/respond';
import type { Simulator } from '../simulator';
import type { OutboxEntry } from '../state/model';
import { ControlError } from './control-error';
import { eventNamed, mailboxNamed, orBadRequest } from './lookups';

interface OutboxQuery {
  mailbox?: string;
  to?: string;
  kind?: string;
  eventId?: string;
  since?: string;
}

/** The outbox, and what the people who got mail do with it. */
export function mailControl(simulator: Simulator) {
  const { state } = simulator;
  return (app: FastifyInstance, _options: object, done: () => void) => {
    /** Filters: `mailbox` and `to` (addresses, without case), `kind`, `eventId`, `since` (index of the first entry wanted). */
    app.get<{ Querystring: OutboxQuery }>('/outbox', async (request) => {
      const { mailbox, to, kind, eventId, since } = request.query;
      const wanted = (entry: OutboxEntry) =>
        (mailbox === undefined || same(entry.mailbox, mailbox)) &&
        (to === undefined || same(entry.to, to)) &&
        (kind === undefined || entry.kind === kind) &&
        (eventId === undefined || entry.eventId === eventId);
      return state.data.outbox.slice(Number(since ?? 0)).filter(wanted);
    });

    app.get('/people', async () => Object.values(state.data.people).map(({ address, name }) => ({ address, name })));

    app.get<{ Params: { address: string } }>('/people/:address', async (request) => {
      const person = state.data.people[request.params.address.toLowerCase()];
      if (person === undefined) throw new ControlError(404, `${request.params.address} never got any mail`);
      return {
        address: person.address,
        name: person.name,
        received: person.received,
        meetings: meetingsOf(state, person),
      };
    });

    app.post<{ Params: { address: string }; Body: Omit<Answer, 'event' | 'attendee'> & { event: string } }>(
      '/people/:address/respond',
      async (request, reply) => {
        const event = eventNamed(state, request.body.event);
        if (!['accepted', 'tentativelyAccepted', 'declined'].includes(request.body.response))
          throw new ControlError(400, "'response' is accepted, tentativelyAccepted or declined");
        orBadRequest(() => respond(state, { ...request.body, event, attendee: request.params.address }));
        return reply.code(204).send();
      },
    );

    app.post<{ Params: { address: string }; Body: Omit<Forward, 'event' | 'attendee'> & { event: string } }>(
      '/people/:address/forward',
      async (request, reply) => {
        const event = eventNamed(state, request.body.event);
        orBadRequest(() => forward(state, { ...request.body, event, attendee: request.params.address }));
        return reply.code(204).send();
      },
    );

    app.get<{ Params: { name: string } }>('/mailboxes/:name/messages', async (request) => {
      const mailbox = mailboxNamed(state, request.params.name);
      return state.messages.of(mailbox.id).map((message) => ({
        ...message,
        folder: mailbox.folders.find((f) => f.id === message.container)?.displayName ?? null,
      }));
    });
    done();
  };
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
