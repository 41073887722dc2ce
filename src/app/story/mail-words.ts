/** What Outlook mails after a step, by Graph's rules: to everybody on the event, only to those added or removed, or to nobody. */
export function toMailWords(step: {
  readonly what: string;
  readonly did: string;
  readonly mails: string;
  readonly added: number;
  readonly removed: number;
}): string {
  const { what, mails, added, removed } = step;
  if (mails === 'nobody') return 'nobody is mailed';
  if (mails === 'changed') {
    const parts = [
      ...(added > 0 ? [`an invitation to the ${count(added)} added`] : []),
      ...(removed > 0 ? [`a cancellation to the ${count(removed)} removed`] : []),
    ];
    return parts.join(', ') || 'nobody is mailed';
  }
  if (what === 'create') return 'an invitation to everybody on it';
  return what === 'cancel' ? 'a cancellation to everybody on it' : 'an update to everybody on it';
}

function count(people: number): string {
  return people === 1 ? 'one' : String(people);
}
