import { meetingsOf, type Meeting } from '../people/meetings-of';
import type { Simulator } from '../simulator';
import type { Person, ReceivedMail } from '../state/model';
import { answerBadge, eventLink, kindBadge, moment, timeRange, usualZone } from './format';
import { html, type Html } from './html';
import { emptyState, type Page } from './layout';

/** What one invited person has before them: meetings to answer, and the mails that came. */
export function personPage(simulator: Simulator, person: Person): Page {
  const meetings = meetingsOf(simulator.state, person);
  const zone = usualZone(meetings.map((m) => m.snapshot));
  const mails = [...person.received].reverse();
  const body = html`
    <div class="head">
      <div>
        <h1>${person.name}</h1>
        <p>${person.address}</p>
      </div>
    </div>
    <div class="columns">
      <section class="card flush">
        <h2>Meetings</h2>
        ${
          meetings.length === 0
            ? emptyState('No meetings', 'This person got plain mail only.')
            : meetings.map((meeting) => meetingCard(simulator, person, meeting))
        }
      </section>
      <section class="card flush">
        <h2>Inbox</h2>
        <ul class="mails">
          ${mails.slice(0, 100).map((mail) => mailLine(mail, zone))}
        </ul>
      </section>
    </div>
  `;
  return { title: person.name, section: 'people', body };
}

function meetingCard(simulator: Simulator, person: Person, meeting: Meeting): Html {
  const { snapshot, answer, isCancelled } = meeting;
  const known = simulator.state.events.get(meeting.organizerEventId) !== undefined;
  const status = isCancelled
    ? html`<span class="badge declined">Cancelled</span>`
    : answerBadge(answer?.response ?? 'notResponded');
  return html`<article class="meeting ${isCancelled && 'cancelled'}">
    <h3>
      ${known ? eventLink(meeting.organizerEventId, snapshot.subject) : snapshot.subject} ${status}
      ${answer !== null && !answer.sent && html`<span class="badge">organizer not told</span>`}
    </h3>
    <p>${timeRange(snapshot.startUtc, snapshot.endUtc, snapshot.startZone)} · ${snapshot.startZone}</p>
    <p>
      ${[snapshot.location, `from ${snapshot.organizer.name}`, listNote(snapshot.attendees)].filter(Boolean).join(' · ')}
    </p>
    ${!isCancelled && known && answerForm(person, meeting)}
  </article>`;
}

function answerForm(person: Person, meeting: Meeting): Html {
  return html`<form class="tools" method="post" action="/ui/people/${encodeURIComponent(person.address)}/respond">
    <input type="hidden" name="event" value="${meeting.organizerEventId}" />
    <button class="yes" name="response" value="accepted">Accept</button>
    <button class="maybe" name="response" value="tentativelyAccepted">Tentative</button>
    <button class="no" name="response" value="declined">Decline</button>
    <input type="text" name="comment" placeholder="Comment (optional)" aria-label="Comment" />
    <label class="check"><input type="checkbox" name="silent" value="1" /> Do not send a response</label>
  </form>`;
}

function mailLine(mail: ReceivedMail, zone: string): Html {
  return html`<li>
    <div class="line"><span>${kindBadge(mail.kind)}</span><span>${moment(mail.at, zone)}</span></div>
    <div>${mail.subject}</div>
    <div class="muted">${mail.text ?? mail.because}</div>
  </li>`;
}

function listNote(attendees: readonly string[] | null): string {
  if (attendees === null) return 'attendee list hidden';
  return attendees.length === 1 ? 'only you' : `${attendees.length} attendees`;
}
