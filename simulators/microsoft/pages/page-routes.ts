import type { FastifyInstance } from 'fastify';
import { deleteEvent } from '../calendar/end-event';
import { respond, type Answer } from '../people/respond';
import { readForms } from '../read-forms';
import type { Simulator } from '../simulator';
import { calendarPage, type CalendarQuery } from './calendar-page';
import { eventPage } from './event-page';
import { html } from './html';
import { emptyState, sendPage, type Page } from './layout';
import { outboxPage, type OutboxQuery } from './outbox-page';
import { peoplePage } from './people-page';
import { personPage } from './person-page';
import { style } from './style';

interface AnswerForm {
  readonly event?: string;
  readonly response?: string;
  readonly comment?: string;
  readonly silent?: string;
}

/** Pages for a person: the calendar at `/`, everything else under `/ui`. Forms post and come back to the page. */
export function pageRoutes(simulator: Simulator) {
  const { state } = simulator;
  return (app: FastifyInstance, _options: object, done: () => void) => {
    readForms(app);

    app.get('/ui/style.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(style));

    app.get<{ Querystring: CalendarQuery }>('/', async (request, reply) =>
      sendPage(simulator, reply, calendarPage(simulator, request.query)),
    );
    app.get<{ Querystring: { q?: string } }>('/ui/people', async (request, reply) =>
      sendPage(simulator, reply, peoplePage(simulator, request.query)),
    );
    app.get<{ Querystring: OutboxQuery }>('/ui/outbox', async (request, reply) =>
      sendPage(simulator, reply, outboxPage(simulator, request.query)),
    );

    app.get<{ Params: { id: string } }>('/ui/events/:id', async (request, reply) => {
      const event = state.events.get(request.params.id);
      if (event === undefined)
        return sendPage(simulator, reply, missing('This event is gone', 'It was removed for good.'), 404);
      return sendPage(simulator, reply, eventPage(simulator, event));
    });

    app.post<{ Params: { id: string } }>('/ui/events/:id/delete', async (request, reply) => {
      const event = state.events.get(request.params.id);
      if (event !== undefined) deleteEvent(state, state.mailbox(event.mailboxId), event);
      return reply.redirect('/', 303);
    });

    app.get<{ Params: { address: string } }>('/ui/people/:address', async (request, reply) => {
      const person = state.data.people[request.params.address.toLowerCase()];
      const page = missing('Nobody here', `${request.params.address} never got any mail.`);
      if (person === undefined) return sendPage(simulator, reply, page, 404);
      return sendPage(simulator, reply, personPage(simulator, person));
    });

    app.post<{ Params: { address: string }; Body: AnswerForm }>(
      '/ui/people/:address/respond',
      async (request, reply) => {
        const { address } = request.params;
        const form = request.body ?? {};
        const event = state.events.get(form.event ?? '');
        const response = readResponse(form.response);
        if (event === undefined || response === undefined)
          return sendPage(
            simulator,
            reply,
            missing('That answer did not work', 'The event is gone, or the form was incomplete.'),
            400,
          );
        try {
          const comment = (form.comment ?? '').trim();
          respond(state, {
            event,
            attendee: address,
            response,
            sendResponse: form.silent !== '1',
            ...(comment === '' ? {} : { comment }),
          });
        } catch (error) {
          return sendPage(simulator, reply, missing('That answer did not work', (error as Error).message), 409);
        }
        return reply.redirect(`/ui/people/${encodeURIComponent(address)}`, 303);
      },
    );
    done();
  };
}

function readResponse(text: string | undefined): Answer['response'] | undefined {
  return (['accepted', 'tentativelyAccepted', 'declined'] as const).find((known) => known === text);
}

function missing(title: string, words: string): Page {
  return { title, section: 'calendar', body: html`<section class="card">${emptyState(title, words)}</section>` };
}
