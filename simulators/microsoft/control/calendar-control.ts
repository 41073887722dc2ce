import type { Event } from '@microsoft/microsoft-graph-types';
import type { FastifyInstance } from 'fastify';
import { createEvent } from '../calendar/create-event';
import { deleteEvent } from '../calendar/end-event';
import { revealJoinLink } from '../calendar/online-meeting';
import { updateEvent } from '../calendar/update-event';
import { checkBody } from '../odata/edm';
import { event as eventType } from '../odata/wire-types';
import type { Simulator } from '../simulator';
import type { Mailbox } from '../state/model';
import { defaultCalendarOf, isInCalendar } from '../state/simulator-state';
import { ControlError } from './control-error';
import { describeEvent } from './describe-event';
import { eventNamed, mailboxNamed } from './lookups';

interface OneEvent {
  Params: { id: string };
}

/** Looking into calendars, and what the owner of a mailbox does by hand. */
export function calendarControl(simulator: Simulator) {
  const { state } = simulator;
  return (app: FastifyInstance, _options: object, done: () => void) => {
    /** Live events of the primary calendar; with `all=1` everything, Deleted Items and other calendars included. */
    app.get<{ Params: { name: string }; Querystring: { all?: string } }>('/mailboxes/:name/events', async (request) => {
      const mailbox = mailboxNamed(state, request.params.name);
      const events = state.events.of(mailbox.id);
      for (const event of events) if (revealJoinLink(state, event)) state.events.touch(event);
      const live = events.filter((e) => e.container === defaultCalendarOf(mailbox) && !e.isCancelled);
      const wanted = request.query.all === undefined ? live : events;
      return wanted.sort((a, b) => (a.startUtc < b.startUtc ? -1 : 1)).map((e) => describeEvent(state, e));
    });

    /** An event made by hand, in Graph's words. */
    app.post<{ Params: { name: string }; Body: unknown }>('/mailboxes/:name/events', async (request, reply) => {
      const mailbox = mailboxNamed(state, request.params.name);
      const body = checkBody(eventType, request.body) as Event;
      const calendarId = defaultCalendarOf(mailbox);
      const event = createEvent(state, { mailbox, calendarId, body, shownId: (e) => e.id });
      return reply.code(201).send(describeEvent(state, event));
    });

    app.get<OneEvent>('/events/:id', async (request) => describeEvent(state, eventNamed(state, request.params.id)));

    /** A change that changes nothing but the change key. */
    app.post<OneEvent>('/events/:id/touch', async (request) => {
      const event = eventNamed(state, request.params.id);
      state.events.touch(event);
      return describeEvent(state, event);
    });

    app.post<OneEvent & { Body: unknown }>('/events/:id/edit', async (request) => {
      const event = eventNamed(state, request.params.id);
      const body = checkBody(eventType, request.body) as Event;
      updateEvent(state, state.mailbox(event.mailboxId), event, body);
      return describeEvent(state, event);
    });

    /** To another calendar (by name), or a mail folder (`deleteditems`); nobody gets mail. */
    app.post<OneEvent & { Body: { to: string } }>('/events/:id/move', async (request) => {
      const event = eventNamed(state, request.params.id);
      state.events.move(event, containerNamed(state.mailbox(event.mailboxId), request.body.to));
      return describeEvent(state, event);
    });

    /** As with the Delete key: a cancellation goes out. `silently`: "don't send". */
    app.post<OneEvent & { Body: { silently?: boolean } | undefined }>('/events/:id/delete', async (request, reply) => {
      const event = eventNamed(state, request.params.id);
      const mailbox = state.mailbox(event.mailboxId);
      if (request.body?.silently === true && isInCalendar(mailbox, event))
        state.events.move(event, containerNamed(mailbox, 'deleteditems'));
      else deleteEvent(state, mailbox, event);
      return reply.code(204).send();
    });

    /** Gone for good, without a word. */
    app.post<OneEvent>('/events/:id/purge', async (request, reply) => {
      state.events.purge(eventNamed(state, request.params.id));
      return reply.code(204).send();
    });
    done();
  };
}

function containerNamed(mailbox: Mailbox, name: string): string {
  if (name === 'calendar') return defaultCalendarOf(mailbox);
  const found =
    mailbox.calendars.find((c) => c.name === name || c.id === name) ??
    mailbox.folders.find((f) => f.wellKnown === name || f.displayName === name || f.id === name);
  if (found === undefined) throw new ControlError(404, `the mailbox has no calendar or folder '${name}'`);
  return found.id;
}
