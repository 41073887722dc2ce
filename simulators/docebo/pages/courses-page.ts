import type { Course, Session } from '../academy/model';
import { canHaveSessions } from '../academy/model';
import type { Tenant } from '../tenant';
import { eventsOf, sessionsOf } from '../wire/reading';
import { action, choice, form, hiddenField, overrideChoice, textArea, textField, tick } from './forms';
import { markup, type Markup } from './markup';
import { count, invitationPill, span, statusPill, whereOf } from './wording';
import { workflowLink } from './workflow-link';

export function coursesPage(tenant: Tenant): Markup {
  const { state } = tenant.academy;
  const courses = Object.values(state.courses);
  const sessions = Object.keys(state.sessions).length;
  return markup`<div class="head"><div><h1>Courses</h1>
<p>${count(courses.length, 'course')}, ${count(sessions, 'session')}, ${count(Object.keys(state.users).length, 'person', 'people')}</p></div></div>
${courses.length === 0 && emptyAcademy()}
${courses.map((course) => courseCard(tenant, course))}
${newCourse()}`;
}

function emptyAcademy(): Markup {
  return markup`<section class="card"><div class="blank"><h2>No courses yet</h2>
<p>Create the first one below, or fill the academy through the control API.</p></div></section>`;
}

function courseCard(tenant: Tenant, course: Course): Markup {
  const { state } = tenant.academy;
  const sessions = sessionsOf(state, course.id);
  const pills = [
    course.type !== 'classroom' && markup`<span class="pill">${course.type}</span>`,
    canHaveSessions(course) &&
      markup`<span class="pill ${course.rsvp ? 'good' : ''}">Invitations ${course.rsvp ? 'on' : 'off'}</span>`,
    course.hideAttendees && markup`<span class="pill warn">Attendees hidden</span>`,
    !course.isPublished && markup`<span class="pill warn">Not published</span>`,
  ];
  return markup`<section class="card" id="course-${course.id}">
<header><div><h2>${course.name}</h2><p>${course.code} · course ${course.id} · ${course.category}</p></div><div class="row">${pills}</div></header>
${sessions.length === 0 ? noSessions(course) : sessionTable(tenant, course, sessions)}
<footer class="folds">
${canHaveSessions(course) && markup`<details><summary>New session</summary>${newSession(course)}</details>`}
<details><summary>Course properties</summary>${courseProperties(course)}</details>
</footer></section>`;
}

function noSessions(course: Course): Markup {
  const text = canHaveSessions(course)
    ? 'No sessions yet: add the first one below.'
    : 'An e-learning course has no sessions.';
  return markup`<div class="empty">${text}</div>`;
}

function sessionTable(tenant: Tenant, course: Course, sessions: readonly Session[]): Markup {
  const widths = ['21%', '15%', '22%', '9%', '14%', '9%', '10%'];
  return markup`<table class="even"><colgroup>${widths.map((width) => markup`<col style="width: ${width}">`)}</colgroup>
<thead><tr><th>Session</th><th>When</th><th>Where</th><th>Learners</th><th>Invitations</th><th>Status</th><th class="end">Workflow</th></tr></thead>
<tbody>${sessions.map((session) => sessionLine(tenant, course, session))}</tbody></table>`;
}

function sessionLine(tenant: Tenant, course: Course, session: Session): Markup {
  const { state } = tenant.academy;
  const events = eventsOf(state, session.id);
  const rows = state.enrolments[session.id] ?? [];
  const waiting = rows.filter((row) => row.status === 'waiting').length;
  const places = [...new Set(events.map(({ event }) => whereOf(state, event)))];
  return markup`<tr class="${session.status === 'cancelled' ? 'off' : ''}">
<td><a class="strong" href="/ui/sessions/${session.id}">${session.name}</a><div class="sub">${session.code}</div></td>
<td class="nowrap">${span(events)}${events.length > 0 && markup`<div class="sub">${count(events.length, 'event')}</div>`}</td>
<td>${places.length === 0 && '–'}${places.slice(0, 2).map((place) => markup`<div>${place}</div>`)}${places.length > 2 && markup`<div class="sub">and ${places.length - 2} more</div>`}</td>
<td class="nowrap">${rows.filter((row) => row.status === 'active').length} of ${session.maxEnroll}${waiting > 0 && markup`<div class="sub">${waiting} waiting</div>`}</td>
<td>${invitationPill(course, session)}</td>
<td>${statusPill(session, events)}</td>
<td class="end nowrap">${workflowLink(tenant, session.id, 'Open')}</td></tr>`;
}

function newSession(course: Course): Markup {
  return form(
    { command: 'create-session', back: `/#course-${course.id}`, done: 'The session is created.' },
    markup`${hiddenField('courseId:number', course.id)}
${textField('Name', 'name', '', { required: true })}
${textField('Seats', 'maxEnroll:number', 30, { type: 'number' })}
${overrideChoice('Invitations', 'rsvp', 'inherit', course.rsvp)}
${textArea('Description', 'description', '')}
<div class="acts"><button class="main">Create session</button></div>`,
  );
}

function courseProperties(course: Course): Markup {
  const back = `/#course-${course.id}`;
  return markup`<div>${form(
    { command: 'update-course', back, done: 'The course is saved.' },
    markup`${hiddenField('courseId:number', course.id)}
${textField('Name', 'name', course.name, { required: true })}
${textField('Code', 'code', course.code)}
${typeChoice(course.type)}
${textArea('Description (HTML)', 'description', course.description)}
${courseTicks(course)}
<div class="acts"><button class="main">Save course</button></div>`,
  )}<div style="margin-top: 12px">${action(
    { command: 'delete-course', back: '/', done: `The course ${course.name} is deleted.` },
    { 'courseId:number': course.id },
    markup`<button class="danger">Delete course and its sessions</button>`,
  )}</div></div>`;
}

function newCourse(): Markup {
  return markup`<section class="card"><div class="body"><details><summary>New course</summary>${form(
    { command: 'create-course', back: '/', done: 'The course is created.' },
    markup`${textField('Name', 'name', '', { required: true })}
${typeChoice('classroom')}
${textField('Category', 'category', 'General', { required: true })}
${textArea('Description (HTML)', 'description', '')}
${courseTicks({ rsvp: true, hideAttendees: false, isPublished: true })}
<div class="acts"><button class="main">Create course</button></div>`,
  )}</details></div></section>`;
}

function typeChoice(type: Course['type']): Markup {
  const types = [
    ['classroom', 'Classroom (ILT)'],
    ['elearning', 'E-learning'],
    ['webinar', 'Webinar (migrated)'],
  ] as const;
  return choice('Type', 'type', types, type);
}

function courseTicks(course: Pick<Course, 'rsvp' | 'hideAttendees' | 'isPublished'>): Markup {
  return markup`${tick('Invitations by external calendar', 'rsvp:flag', course.rsvp)}
${tick('Hide attendees in the calendar', 'hideAttendees:flag', course.hideAttendees)}
${tick('Published', 'isPublished:flag', course.isPublished)}`;
}
