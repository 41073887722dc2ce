import type { DateTime } from 'luxon';
import type { StoredEvent } from '../state/model';
import { localTime, sessionOf } from './format';
import { html, type Html } from './html';

const hourHeight = 44;

interface Slot {
  readonly event: StoredEvent;
  /** Hours of the day, with fractions. */
  readonly from: number;
  readonly to: number;
  lane: number;
  lanes: number;
}

/** Seven days as columns, events as blocks at their hours; what overlaps stands side by side. */
export function weekGrid(events: readonly StoredEvent[], monday: DateTime, zone: string, today: DateTime): Html {
  const days = Array.from({ length: 7 }, (_, i) => monday.plus({ days: i }));
  const columns = days.map((day) => arrange(slotsOf(events, day, zone)));
  const slots = columns.flat();
  const first = Math.floor(Math.min(8, ...slots.map((s) => s.from)));
  const last = Math.ceil(Math.max(18, ...slots.map((s) => s.to)));
  const hours = Array.from({ length: last - first }, (_, i) => first + i);
  return html`<div class="week">
    <div class="corner"></div>
    ${days.map(
      (day) =>
        html`<div class="day-name ${day.hasSame(today, 'day') && 'today'}">
          <b>${day.day}</b>${day.toFormat('ccc')}
        </div>`,
    )}
    <div class="hours" style="height:${hours.length * hourHeight}px">
      ${hours.map((hour, i) => html`<span style="top:${i * hourHeight}px">${String(hour).padStart(2, '0')}:00</span>`)}
    </div>
    ${columns.map((column) => html`<div class="column">${column.map((slot) => block(slot, first, zone))}</div>`)}
  </div>`;
}

function block(slot: Slot, first: number, zone: string): Html {
  const { event, lane, lanes } = slot;
  const box = [
    `top:${((slot.from - first) * hourHeight).toFixed(1)}px`,
    `height:${Math.max(22, (slot.to - slot.from) * hourHeight - 1).toFixed(1)}px`,
    `left:${((100 * lane) / lanes).toFixed(2)}%`,
    `width:${(100 / lanes).toFixed(2)}%`,
  ].join(';');
  const time = localTime(event.startUtc, zone).toFormat('HH:mm');
  // A place that would be cut off in the middle is left to the tooltip.
  const roomy = slot.to - slot.from >= 2;
  const place = event.locations[0]?.displayName ?? '';
  return html`<a
    class="slot ${sessionOf(event) === null && 'plain'}"
    style="${box}"
    href="/ui/events/${encodeURIComponent(event.id)}"
    title="${time} ${event.subject}${place === '' ? '' : `, ${place}`}"
    ><b>${event.subject}</b><span>${time}${place !== '' && roomy && ` · ${place}`}</span></a
  >`;
}

function slotsOf(events: readonly StoredEvent[], day: DateTime, zone: string): Slot[] {
  const slots: Slot[] = [];
  for (const event of events) {
    const from = Math.max(0, hoursInto(day, localTime(event.startUtc, zone)));
    const to = Math.min(24, hoursInto(day, localTime(event.endUtc, zone)));
    if (from < 24 && to > 0 && to > from) slots.push({ event, from, to, lane: 0, lanes: 1 });
  }
  return slots.sort((a, b) => a.from - b.from || b.to - a.to);
}

/** Wall-clock hours, so that a day with a change of the clock keeps its 24. */
function hoursInto(day: DateTime, time: DateTime): number {
  const days = Math.round(time.startOf('day').diff(day.startOf('day'), 'days').days);
  return days * 24 + time.hour + time.minute / 60;
}

/** Gives each slot the first free lane; slots that touch one another share the width. */
function arrange(slots: Slot[]): Slot[] {
  let group: Slot[] = [];
  let groupEnd = 0;
  const close = () => {
    const lanes = Math.max(0, ...group.map((s) => s.lane)) + 1;
    for (const slot of group) slot.lanes = lanes;
    group = [];
  };
  for (const slot of slots) {
    if (slot.from >= groupEnd) close();
    const taken = new Set(group.filter((other) => other.to > slot.from).map((other) => other.lane));
    while (taken.has(slot.lane)) slot.lane++;
    group.push(slot);
    groupEnd = Math.max(groupEnd, slot.to);
  }
  close();
  return slots;
}
