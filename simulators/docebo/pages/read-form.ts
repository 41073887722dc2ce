import { CommandError } from '../academy/command-error';

type Form = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Turns a posted form into a command's arguments, by the types in its field names. */
export function readForm(form: Form): Record<string, unknown> {
  const args: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(form)) {
    const [name = '', type = 'text'] = field.split(':');
    const texts = [value ?? []].flat();
    const last = texts.at(-1) ?? '';
    if (type === 'text') args[name] = last;
    if (type === 'textOrNull') args[name] = last === '' ? null : last;
    if (type === 'number') args[name] = toNumber(name, last);
    // An empty entry comes along so that "nobody" can be said at all.
    if (type === 'numbers') args[name] = texts.filter((text) => text !== '').map((text) => toNumber(name, text));
    if (type === 'flag') args[name] = last === 'on';
    if (type === 'time') args[name] = last.slice(0, 5);
    if (type === 'place') Object.assign(args, toPlace(last));
  }
  return args;
}

/** A field that is for the page, not for the command: `:back`, `:done`. */
export function pageField(form: Form, name: string): string {
  const value = form[`:${name}`];
  return typeof value === 'string' ? value : '';
}

function toPlace(text: string): { locationId: number | null; classroomId: number | null } {
  const [location = '', classroom = ''] = text.split('/');
  return {
    locationId: location === '' ? null : toNumber('location', location),
    classroomId: classroom === '' ? null : toNumber('classroom', classroom),
  };
}

function toNumber(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new CommandError(400, `${name} must be a number, not "${text}"`);
}
