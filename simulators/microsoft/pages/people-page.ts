import { meetingsOf } from '../people/meetings-of';
import type { Simulator } from '../simulator';
import { personLink } from './format';
import { html } from './html';
import { emptyState, type Page } from './layout';

/** Everybody who ever got mail. */
export function peoplePage(simulator: Simulator, query: { readonly q?: string }): Page {
  const { state } = simulator;
  const wanted = (query.q ?? '').trim().toLowerCase();
  const everybody = Object.values(state.data.people);
  const found = everybody
    .filter((p) => `${p.name} ${p.address}`.toLowerCase().includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name));
  const rows = found.map((person) => {
    const meetings = meetingsOf(state, person).filter((m) => !m.isCancelled);
    const open = meetings.filter((m) => m.answer === null).length;
    return html`<tr>
      <td><strong>${personLink(person.address, person.name)}</strong></td>
      <td class="muted">${person.name === person.address ? '' : person.address}</td>
      <td class="when">${meetings.length}</td>
      <td>${open > 0 && html`<span class="badge tentativelyAccepted">${open} to answer</span>`}</td>
      <td class="when muted">${person.received.length}</td>
    </tr>`;
  });
  const body = html`
    <div class="head">
      <div>
        <h1>People</h1>
        <p>
          ${everybody.length} ${everybody.length === 1 ? 'person' : 'people'} got mail. Open one to read it and to
          answer.
        </p>
      </div>
      <form class="tools" method="get" action="/ui/people">
        <input type="search" name="q" value="${query.q ?? ''}" placeholder="Name or address" aria-label="Search" />
        <button>Search</button>
      </form>
    </div>
    <section class="card flush">
      ${
        found.length === 0
          ? emptyState(
              everybody.length === 0 ? 'Nobody got any mail yet' : 'Nobody by that name',
              everybody.length === 0
                ? 'Invite somebody to an event, and they appear here.'
                : 'Try a part of the name or address.',
            )
          : html`<table>
              <thead>
                <tr>
                  <th>Name</th>
                  <th>Address</th>
                  <th>Meetings</th>
                  <th></th>
                  <th>Mails</th>
                </tr>
              </thead>
              <tbody>
                ${rows}
              </tbody>
            </table>`
      }
    </section>
  `;
  return { title: 'People', section: 'people', body };
}
