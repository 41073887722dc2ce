import type { AcademyState, Answer, Enrolment, Session } from '../academy/model';
import type { TimedEvent } from '../wire/reading';
import { form, hiddenField, peopleChoice } from './forms';
import { markup, type Markup } from './markup';
import { count, nameOf } from './wording';

/** More events than this have no room for their answers beside the learner. */
const MOST_COLUMNS = 4;

const ANSWERS: Record<Answer, readonly [css: string, text: string]> = {
  none: ['', 'Waiting'],
  accepted: ['good', 'Accepted'],
  tentative: ['warn', 'Tentative'],
  declined: ['bad', 'Declined'],
};

/** Who holds a seat, with their answers to each event's invitation, and the form to enrol more. */
export function learnersCard(state: AcademyState, session: Session, events: readonly TimedEvent[]): Markup {
  const rows = rowsOf(state, session, 'active');
  return markup`<section class="card"><header><div><h2>Enrolled learners</h2><p>${rows.length} of ${count(session.maxEnroll, 'seat')}</p></div></header>
${rows.length === 0 ? markup`<div class="empty">Nobody is enrolled yet.</div>` : learners(state, session, rows, events)}
<footer><details><summary>Enrol people</summary>${enrolForm(state, session)}</details></footer></section>`;
}

export function waitingCard(state: AcademyState, session: Session): Markup {
  const rows = rowsOf(state, session, 'waiting');
  const body =
    rows.length === 0
      ? markup`<div class="empty">Nobody is waiting for a seat.</div>`
      : markup`${form(
          { command: 'promote', back: here(session), done: 'The waiting list is changed.' },
          markup`${hiddenField('sessionId:number', session.id)}<table><tbody>${rows.map((row) => person(state, row))}</tbody></table>
<div class="row" style="padding: 12px 20px"><button class="main">Give a seat</button>
<button formaction="/ui/do/unenrol" class="danger">Take off the list</button></div>`,
          'plain',
        )}`;
  return markup`<section class="card"><header><h2>Waiting list</h2><span class="sub">${count(rows.length, 'person', 'people')}</span></header>${body}</section>`;
}

function here(session: Session): string {
  return `/ui/sessions/${session.id}`;
}

function learners(
  state: AcademyState,
  session: Session,
  rows: readonly Enrolment[],
  events: readonly TimedEvent[],
): Markup {
  const given = lastAnswers(state, session);
  const shown = events.slice(0, MOST_COLUMNS);
  const lines = rows.map((row) =>
    person(
      state,
      row,
      shown.map(({ event }) => answerCell(given.get(`${event.id}/${row.userId}`) ?? 'none')),
    ),
  );
  const heads = shown.map(({ event }) => markup`<th class="answer">${event.name}</th>`);
  return form(
    { command: 'unenrol', back: here(session), done: 'They are unenrolled.' },
    markup`${hiddenField('sessionId:number', session.id)}
<div style="max-height: 520px; overflow: auto"><table><thead><tr><th></th><th>Learner</th>${heads}</tr></thead><tbody>${lines}</tbody></table></div>
<div class="row" style="padding: 12px 20px; border-top: 1px solid var(--line)"><button class="danger">Unenrol ticked people</button></div>`,
    'plain',
  );
}

/** Each learner's last answer to each event of the session, by `event/user`. */
function lastAnswers(state: AcademyState, session: Session): Map<string, Answer> {
  const answers = state.answers.filter((a) => a.sessionId === session.id);
  return new Map(answers.map((a) => [`${a.eventId}/${a.userId}`, a.answer]));
}

function answerCell(answer: Answer): Markup {
  const [css, text] = ANSWERS[answer];
  return markup`<td class="answer"><span class="pill ${css}">${text}</span></td>`;
}

function person(state: AcademyState, row: Enrolment, more: readonly Markup[] = []): Markup {
  const user = state.users[row.userId];
  const name = nameOf(user, row.userId);
  return markup`<tr><td style="width: 44px"><input type="checkbox" name="userIds:numbers" value="${row.userId}" aria-label="${name}"></td>
<td>${name}${row.completed && markup` <span class="pill good">Completed</span>`}<div class="sub">${user?.email}</div></td>${more}</tr>`;
}

function enrolForm(state: AcademyState, session: Session): Markup {
  const taken = new Set(
    (state.enrolments[session.id] ?? []).filter((r) => r.status !== 'inactive').map((r) => r.userId),
  );
  const free = Object.values(state.users).filter((user) => !taken.has(user.id));
  if (free.length === 0) return markup`<p class="sub">Everybody is enrolled or waiting already.</p>`;
  return form(
    {
      command: 'enrol',
      back: here(session),
      done: 'They are enrolled; whoever found no free seat is on the waiting list.',
    },
    markup`${hiddenField('sessionId:number', session.id)}${peopleChoice('userIds:numbers', free)}
<div class="acts"><button class="main">Enrol</button></div>`,
  );
}

function rowsOf(state: AcademyState, session: Session, status: Enrolment['status']): Enrolment[] {
  return (state.enrolments[session.id] ?? []).filter((row) => row.status === status);
}
