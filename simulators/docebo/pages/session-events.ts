import type { AcademyState, Session, SessionEvent } from '../academy/model';
import type { TimedEvent } from '../wire/reading';
import { action, form, hiddenField, peopleChoice, placeChoice, textArea, textField } from './forms';
import { markup, type Markup } from './markup';
import { count, dayAndTime, nameOf, whereOf } from './wording';

/** The dates of a session, each with its forms. */
export function eventsCard(state: AcademyState, session: Session, events: readonly TimedEvent[]): Markup {
  const last = events.at(-1)?.event;
  const zones = Intl.supportedValuesOf('timeZone').map((zone) => markup`<option value="${zone}">`);
  return markup`<section class="card"><header><div><h2>Events</h2><p>${count(events.length, 'event')}, one invitation each</p></div></header>
<datalist id="zones">${zones}</datalist>
${events.length === 0 ? markup`<div class="empty">No events yet: learners get an invitation for each one that you add.</div>` : table(state, session, events)}
<footer><details><summary>Add an event</summary>${form(
    { command: 'add-event', back: here(session), done: 'The event is added.' },
    markup`${hiddenField('sessionId:number', session.id)}${timeFields(last)}${placeFields(state, last)}
<div class="acts"><button class="main">Add event</button></div>`,
  )}</details></footer></section>`;
}

function here(session: Session): string {
  return `/ui/sessions/${session.id}`;
}

function table(state: AcademyState, session: Session, events: readonly TimedEvent[]): Markup {
  return markup`<table><thead><tr><th>When</th><th>Event</th><th>Where</th><th class="end"></th></tr></thead>
<tbody>${events.map(({ event }) => line(state, session, event))}</tbody></table>`;
}

function line(state: AcademyState, session: Session, event: SessionEvent): Markup {
  const { day, time, utc } = dayAndTime(event);
  const instructors = event.instructorIds.map((id) => nameOf(state.users[id], id)).join(', ');
  return markup`<tr><td class="nowrap"><div class="strong">${day}</div><div>${time}</div><div class="sub">${utc}</div></td>
<td>${event.name}<div class="sub">event ${event.id}</div>${instructors !== '' && markup`<div class="sub">with ${instructors}</div>`}</td>
<td>${whereOf(state, event)}</td>
<td class="end">${remove(session, event)}</td></tr>
<tr><td colspan="4" style="border-top: 0; padding-top: 0"><div class="folds">
<details><summary>Move</summary>${move(session, event)}</details>
<details><summary>Room and details</summary>${details(state, session, event)}</details>
<details><summary>Instructors</summary>${instructorsForm(state, session, event)}</details></div></td></tr>`;
}

function remove(session: Session, event: SessionEvent): Markup {
  return action(
    { command: 'remove-event', back: here(session), done: `${event.name} is removed.` },
    { 'eventId:number': event.id },
    markup`<button class="danger slim">Remove</button>`,
  );
}

function move(session: Session, event: SessionEvent): Markup {
  return form(
    { command: 'update-event', back: here(session), done: `${event.name} is moved.` },
    markup`${hiddenField('eventId:number', event.id)}${timeFields(event)}
<div class="acts"><button class="main">Move event</button></div>`,
  );
}

function details(state: AcademyState, session: Session, event: SessionEvent): Markup {
  return form(
    { command: 'update-event', back: here(session), done: `${event.name} is saved.` },
    markup`${hiddenField('eventId:number', event.id)}
${textField('Name', 'name', event.name, { css: 'half' })}${placeFields(state, event)}${textArea('Description (HTML)', 'description', event.description)}
<div class="acts"><button class="main">Save event</button></div>`,
  );
}

function instructorsForm(state: AcademyState, session: Session, event: SessionEvent): Markup {
  return form(
    { command: 'update-event', back: here(session), done: `The instructors of ${event.name} are saved.` },
    markup`${hiddenField('eventId:number', event.id)}${hiddenField('instructorIds:numbers', '')}
${peopleChoice('instructorIds:numbers', Object.values(state.users), event.instructorIds)}
<div class="acts"><button class="main">Save instructors</button></div>`,
  );
}

function timeFields(event: SessionEvent | undefined): Markup {
  const required = true;
  return markup`${textField('Date', 'date', event?.date ?? '', { type: 'date', required, css: 'quarter' })}
${textField('From', 'timeBegin:time', event?.timeBegin ?? '09:00', { type: 'time', required, css: 'quarter' })}
${textField('To', 'timeEnd:time', event?.timeEnd ?? '17:00', { type: 'time', required, css: 'quarter' })}
${textField('Time zone', 'timezone', event?.timezone ?? 'Europe/Rome', { list: 'zones', required, css: 'quarter' })}`;
}

function placeFields(state: AcademyState, event: SessionEvent | undefined): Markup {
  const chosen = event ?? { locationId: null, classroomId: null };
  return markup`${placeChoice(Object.values(state.locations), Object.values(state.classrooms), chosen)}
${textField('Webinar tool', 'webinarTool:textOrNull', event?.webinarTool ?? '', { placeholder: 'teams, zoom, ...', css: 'half' })}
${textField('Webinar link', 'webinarUrl:textOrNull', event?.webinarUrl ?? '', { type: 'url', css: 'half' })}`;
}
