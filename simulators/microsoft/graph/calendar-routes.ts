import type { Calendar as WireCalendar } from '@microsoft/microsoft-graph-types';
import type { FastifyInstance } from 'fastify';
import { badQuery, itemNotFound } from './graph-error';
import { readQueryOptions } from '../odata/query-options';
import type { Simulator } from '../simulator';
import type { Calendar, Mailbox } from '../state/model';
import { answer, openMailbox } from './graph-call';

/** `GET calendar`, `GET calendars`, `GET calendars/{id}`. */
export function calendarRoutes(simulator: Simulator) {
  return (app: FastifyInstance, _options: object, done: () => void) => {
    app.get<{ Querystring: Record<string, unknown> }>('/calendars', async (request, reply) => {
      const call = openMailbox(simulator, request, 'Calendars.Read');
      const { select } = readQueryOptions(request.query);
      const value = call.mailbox.calendars.map((c) => pick(toCalendar(call.mailbox, c), select));
      return answer(reply, call, 200, { '@odata.context': call.context('calendars'), value });
    });

    for (const path of ['/calendar', '/calendars/:calendar']) {
      app.get<{ Querystring: Record<string, unknown>; Params: { calendar?: string } }>(path, async (request, reply) => {
        const call = openMailbox(simulator, request, 'Calendars.Read');
        const { select } = readQueryOptions(request.query);
        const wanted = request.params.calendar;
        const found = call.mailbox.calendars.find((c) => (wanted === undefined ? c.isDefault : c.id === wanted));
        if (found === undefined) throw itemNotFound();
        const context = call.context('calendars/$entity');
        return answer(reply, call, 200, {
          '@odata.context': context,
          ...pick(toCalendar(call.mailbox, found), select),
        });
      });
    }
    done();
  };
}

function toCalendar(mailbox: Mailbox, calendar: Calendar): Required<Pick<WireCalendar, 'id'>> & WireCalendar {
  return {
    id: calendar.id,
    name: calendar.name,
    color: 'auto',
    hexColor: '',
    isDefaultCalendar: calendar.isDefault,
    changeKey: `CQAAABYAAAD${calendar.id.slice(-12)}`,
    canShare: true,
    canViewPrivateItems: true,
    canEdit: true,
    allowedOnlineMeetingProviders: mailbox.teamsLicensed ? ['teamsForBusiness'] : [],
    defaultOnlineMeetingProvider: mailbox.teamsLicensed ? 'teamsForBusiness' : 'unknown',
    isTallyingResponses: calendar.isDefault,
    isRemovable: !calendar.isDefault,
    owner: { name: mailbox.displayName, address: mailbox.address },
  };
}

function pick(calendar: WireCalendar, names: readonly string[] | undefined): WireCalendar {
  if (names === undefined) return calendar;
  for (const name of names) {
    if (!Object.hasOwn(calendar, name))
      throw badQuery(`Could not find a property named '${name}' on type 'microsoft.graph.calendar'.`);
  }
  return Object.fromEntries(Object.entries(calendar).filter(([name]) => name === 'id' || names.includes(name)));
}
