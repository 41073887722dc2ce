import type { OutboxEntry } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';
import { eventLink, kindBadge, moment, personLink } from './format';
import { html, type Html } from './html';

/** Mails that left together, for one reason. */
export interface Wave {
  readonly first: OutboxEntry;
  readonly entries: readonly OutboxEntry[];
}

const shownAtOnce = 3;
const sameMomentMs = 2_000;

/** Neighbours of the same event, kind and reason, sent at the same moment. Keeps the order of the entries. */
export function wavesOf(entries: readonly OutboxEntry[]): Wave[] {
  const waves: { first: OutboxEntry; entries: OutboxEntry[] }[] = [];
  for (const entry of entries) {
    const last = waves.at(-1);
    if (last !== undefined && belongs(last.first, entry)) last.entries.push(entry);
    else waves.push({ first: entry, entries: [entry] });
  }
  return waves;
}

/** `linked`: the subject leads to the event. */
export function waveTable(state: SimulatorState, waves: readonly Wave[], zone: string, linked: boolean): Html {
  const rows = waves.map(({ first, entries }) => {
    const event = state.events.get(first.eventId ?? '');
    return html`<tr>
      <td class="when">${moment(first.at, zone)}</td>
      <td>
        ${kindBadge(first.kind)}${first.significant && html`<br /><span class="badge significant">asks again</span>`}
      </td>
      <td>
        <strong>${linked && event !== undefined ? eventLink(event.id, first.subject) : first.subject}</strong>
        <div class="muted">${first.because}</div>
      </td>
      <td>${recipients(state, entries)}</td>
    </tr>`;
  });
  return html`<table>
    <thead>
      <tr>
        <th>Sent</th>
        <th>Kind</th>
        <th>Subject and reason</th>
        <th>To</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function recipients(state: SimulatorState, entries: readonly OutboxEntry[]): Html {
  const links = [...entries]
    .sort((a, b) => a.index - b.index)
    .map(
      ({ to }) =>
        html`<span class="recipient">${personLink(to, state.data.people[to.toLowerCase()]?.name ?? to)}</span>`,
    );
  if (links.length <= shownAtOnce + 1) return html`${links}`;
  return html`${links.slice(0, shownAtOnce)}
    <details class="more">
      <summary>and ${links.length - shownAtOnce} more</summary>
      ${links.slice(shownAtOnce)}
    </details>`;
}

function belongs(first: OutboxEntry, entry: OutboxEntry): boolean {
  return (
    first.eventId === entry.eventId &&
    first.kind === entry.kind &&
    first.because === entry.because &&
    first.mailbox === entry.mailbox &&
    Math.abs(Date.parse(first.at) - Date.parse(entry.at)) <= sameMomentMs
  );
}
