import { NotFoundError } from '../../../domain/errors';
import type { PersonFacts, UserId } from '../../../domain/model';
import { readPointer } from '../profile/json-pointers';
import { READ } from './read-problems';
import type { Reading } from './reading';
import { toText } from '../api/wire';

/** Null when there is no address that mail could go to. */
export function toPerson(
  userId: UserId,
  raw: { readonly email: unknown; readonly firstName: unknown; readonly lastName: unknown },
): PersonFacts | null {
  const address = toText(raw.email).trim();
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) return null;
  const name = [raw.firstName, raw.lastName].map((part) => toText(part).trim()).filter((part) => part !== '');
  return { userId, address, name: name.join(' ') };
}

/**
 * Addresses of the wanted users. Enrolment lists give learners' addresses; for everybody else, instructors above all, the user itself is
 * asked (`user_data.{email,first_name,last_name}`, seen in public clients). Whoever has none is reported and left out.
 */
export async function readPeople(
  reading: Reading,
  wanted: Iterable<UserId>,
  known: ReadonlyMap<UserId, PersonFacts>,
): Promise<PersonFacts[]> {
  const people: PersonFacts[] = [];
  for (const userId of new Set(wanted)) {
    const person = known.get(userId) ?? (await readPerson(reading, userId));
    if (person !== null) people.push(person);
  }
  return people;
}

async function readPerson(reading: Reading, userId: UserId): Promise<PersonFacts | null> {
  const { docebo, caches, notOlderThan, problems } = reading;
  const found = await caches.users.get(userId, notOlderThan, async () => {
    try {
      const data = await docebo.get('user', { user_id: userId });
      const user = readPointer(data, '/user_data') ?? data;
      const person = toPerson(userId, {
        email: readPointer(user, '/email'),
        firstName: readPointer(user, '/first_name'),
        lastName: readPointer(user, '/last_name'),
      });
      return person ?? 'without-address';
    } catch (error) {
      if (error instanceof NotFoundError) return 'missing';
      throw error;
    }
  });
  if (typeof found === 'object') return found;
  const problem =
    found === 'missing'
      ? { code: READ.personMissing, detail: `User ${userId} is not found in Docebo.` }
      : { code: READ.personWithoutAddress, detail: `User ${userId} has no usable e-mail address in Docebo.` };
  problems.add({ ...problem, subject: 'person', id: userId });
  return null;
}
