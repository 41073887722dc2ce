import type { AcademyState, Course, Session } from '../academy/model';
import { effective } from '../academy/model';
import type { Tenant } from '../tenant';
import { eventsOf } from '../wire/reading';
import { action, form, hiddenField, overrideChoice, peopleChoice, textArea, textField } from './forms';
import { markup, type Markup } from './markup';
import { eventsCard } from './session-events';
import { learnersCard, waitingCard } from './session-people';
import { nameOf, span, statusPill } from './wording';
import { workflowLink } from './workflow-link';

export function sessionPage(tenant: Tenant, session: Session): Markup {
  const { state } = tenant.academy;
  const course = state.courses[session.courseId] as Course;
  const events = eventsOf(state, session.id);
  return markup`<div class="crumbs"><a href="/">Courses</a> / <a href="/#course-${course.id}">${course.name}</a></div>
<div class="head"><div><h1>${session.name}</h1>
<p class="row" style="margin-top: 8px">${statusPill(session, events)} <span>${span(events)}</span> <span class="sub">${session.code} · session ${session.id}</span></p></div>
<div class="row">${workflowLink(tenant, session.id, 'Workflow in Temporal', 'button')}${lifecycle(session)}</div></div>
${session.status === 'cancelled' && markup`<div class="note bad">Cancelled: ${session.cancelReason}</div>`}
<div class="columns"><div class="stack">
${eventsCard(state, session, events)}
${learnersCard(state, session, events)}
${waitingCard(state, session)}
</div><div class="stack narrow">
${invitationsCard(course, session)}
${instructorsCard(state, session)}
${propertiesCard(session)}
${dangerCard(session)}
</div></div>`;
}

function here(session: Session): string {
  return `/ui/sessions/${session.id}`;
}

function lifecycle(session: Session): Markup | null {
  if (session.status === 'active') return null;
  return action(
    { command: 'restore-session', back: here(session), done: 'The session is restored.' },
    { 'sessionId:number': session.id },
    markup`<button class="main">Restore session</button>`,
  );
}

function invitationsCard(course: Course, session: Session): Markup {
  const on = effective(session.rsvp, course.rsvp);
  const states = [
    ['inherit', `Default (${course.rsvp ? 'on' : 'off'})`],
    ['on', 'On'],
    ['off', 'Off'],
  ] as const;
  const buttons = states.map(([value, text]) =>
    action(
      { command: 'update-session', back: here(session), done: `Invitations: ${text}.` },
      { 'sessionId:number': session.id, rsvp: value },
      markup`<button class="${session.rsvp === value ? 'here' : ''}">${text}</button>`,
    ),
  );
  return markup`<section class="card"><header><div><h2>Invitations</h2><p>Enrollment invitations via external calendar</p></div>
<span class="pill ${on ? 'good' : ''}">${on ? 'On' : 'Off'}</span></header>
<div class="body"><div class="segments">${buttons}</div>
<div style="margin-top: 16px">${form(
    { command: 'update-session', back: here(session), done: 'The session is saved.' },
    markup`${hiddenField('sessionId:number', session.id)}
${overrideChoice('Hide attendees in the calendar', 'hideAttendees', session.hideAttendees, course.hideAttendees)}
<div class="acts"><button class="slim">Save</button></div>`,
  )}</div></div></section>`;
}

function instructorsCard(state: AcademyState, session: Session): Markup {
  const lines = session.instructorIds.map(
    (id) => markup`<div>${nameOf(state.users[id], id)} <span class="sub">${state.users[id]?.email}</span></div>`,
  );
  return markup`<section class="card"><header><h2>Instructors</h2><span class="sub">of the whole session</span></header>
<div class="body">${lines.length === 0 ? markup`<p class="sub">Nobody yet.</p>` : lines}
<details style="margin-top: 12px"><summary>Change instructors</summary>${form(
    { command: 'update-session', back: here(session), done: 'The instructors are saved.' },
    markup`${hiddenField('sessionId:number', session.id)}${hiddenField('instructorIds:numbers', '')}
${peopleChoice('instructorIds:numbers', Object.values(state.users), session.instructorIds)}
<div class="acts"><button class="main">Save instructors</button></div>`,
  )}</details></div></section>`;
}

function propertiesCard(session: Session): Markup {
  return markup`<section class="card"><header><h2>Properties</h2></header><div class="body"><details><summary>Name, seats and description</summary>${form(
    { command: 'update-session', back: here(session), done: 'The session is saved.' },
    markup`${hiddenField('sessionId:number', session.id)}
${textField('Name', 'name', session.name, { required: true })}
${textField('Seats', 'maxEnroll:number', session.maxEnroll, { type: 'number' })}
${textArea('Description (HTML)', 'description', session.description)}
<div class="acts"><button class="main">Save session</button></div>`,
  )}</details></div></section>`;
}

function dangerCard(session: Session): Markup {
  const cancel = form(
    { command: 'cancel-session', back: here(session), done: 'The session is cancelled.' },
    markup`${hiddenField('sessionId:number', session.id)}
${textField('Reason', 'reason', '', { required: true, placeholder: 'The learners read it' })}
<div class="acts"><button class="danger">Cancel session</button></div>`,
  );
  const erase = action(
    { command: 'delete-session', back: '/', done: `The session ${session.name} is deleted.` },
    { 'sessionId:number': session.id },
    markup`<button class="danger">Delete session</button>`,
  );
  return markup`<section class="card"><header><h2>Cancel or delete</h2></header><div class="body">
${session.status === 'active' && markup`${cancel}<p class="sub" style="margin: 8px 0 16px">Keeps the session and its enrolments; it can be restored.</p>`}
${erase}<p class="sub" style="margin-top: 8px">Removes its events and enrolments for good.</p></div></section>`;
}
