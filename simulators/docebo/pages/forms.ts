import type { Classroom, Location, Override, User } from '../academy/model';
import { markup, type Markup } from './markup';

/**
 * Forms post to `/ui/do/<command>`; a field's name says what it becomes: `name`, `id:number`, `userIds:numbers`, `rsvp:flag`,
 * `:place` (a location with or without a classroom). `read-form.ts` turns them into the command's arguments.
 */
export interface FormOptions {
  readonly command: string;
  /** Where to go afterwards. */
  readonly back: string;
  /** What to say when it worked. */
  readonly done: string;
}

export function form({ command, back, done }: FormOptions, body: Markup, css = 'grid'): Markup {
  return markup`<form method="post" action="/ui/do/${command}" class="${css}">
<input type="hidden" name=":back" value="${back}"><input type="hidden" name=":done" value="${done}">${body}</form>`;
}

/** A form that is only a button. */
export function action(options: FormOptions, fields: Record<string, string | number>, button: Markup): Markup {
  const hidden = Object.entries(fields).map(([name, value]) => hiddenField(name, value));
  return form(options, markup`${hidden}${button}`, 'inline');
}

export function hiddenField(name: string, value: string | number): Markup {
  return markup`<input type="hidden" name="${name}" value="${value}">`;
}

export function textField(
  label: string,
  name: string,
  value: string | number,
  { type = 'text', required = false, css = '', list = '', placeholder = '' } = {},
): Markup {
  return markup`<label class="${css}">${label}<input type="${type}" name="${name}" value="${value}" list="${list}" placeholder="${placeholder}" ${required && markup`required`}></label>`;
}

export function textArea(label: string, name: string, value: string): Markup {
  return markup`<label class="wide">${label}<textarea name="${name}">${value}</textarea></label>`;
}

/** A box that says no when it is not ticked: browsers send only ticked ones. */
export function tick(label: string, name: string, on: boolean): Markup {
  return markup`<label class="tick">${hiddenField(name, 'off')}<input type="checkbox" name="${name}" value="on" ${on && markup`checked`}>${label}</label>`;
}

export function choice(
  label: string,
  name: string,
  options: readonly (readonly [value: string, text: string])[],
  chosen: string,
  css = '',
): Markup {
  const lines = options.map(
    ([value, text]) => markup`<option value="${value}" ${value === chosen && markup`selected`}>${text}</option>`,
  );
  return markup`<label class="${css}">${label}<select name="${name}">${lines}</select></label>`;
}

/** Inherit, on or off, with the course's value marked as default, as in Docebo's session properties. */
export function overrideChoice(label: string, name: string, chosen: Override, courseValue: boolean): Markup {
  const options = [
    ['inherit', `Course default (${courseValue ? 'on' : 'off'})`],
    ['on', 'On'],
    ['off', 'Off'],
  ] as const;
  return choice(label, name, options, chosen);
}

export function placeChoice(
  locations: readonly Location[],
  classrooms: readonly Classroom[],
  chosen: { readonly locationId: number | null; readonly classroomId: number | null },
): Markup {
  const options = locations.flatMap((location) => [
    [`${location.id}`, location.name] as const,
    ...classrooms
      .filter((room) => room.locationId === location.id)
      .map((room) => [`${location.id}/${room.id}`, `${location.name} · ${room.name}`] as const),
  ]);
  const value = [chosen.locationId, chosen.classroomId].filter((id) => id !== null).join('/');
  return choice('Location and classroom', ':place', [['', 'None (online)'], ...options], value, 'half');
}

/** People to tick, with a box to narrow the list. */
export function peopleChoice(name: string, people: readonly User[], ticked: readonly number[] = []): Markup {
  const lines = people.map(
    (
      user,
    ) => markup`<label><input type="checkbox" name="${name}" value="${user.id}" ${ticked.includes(user.id) && markup`checked`}>
<span>${user.firstName} ${user.lastName}</span><span class="sub">${user.email}</span></label>`,
  );
  return markup`<div class="wide"><label>Find<input type="search" data-filter placeholder="Name or e-mail"></label><div class="people">${lines}</div></div>`;
}
