import type { Draft } from '../draft';
import type { User } from '../model';
import { command, is } from './command';

interface UserArgs {
  readonly id?: number;
  readonly username?: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly timezone?: string;
  readonly valid?: boolean;
}

const properties = {
  username: is.name,
  firstName: is.text,
  lastName: is.text,
  email: is.text,
  timezone: is.name,
  valid: is.flag,
};

export const createUser = command<UserArgs, User>(
  { id: is.id, ...properties },
  ['firstName', 'lastName', 'email'],
  addUser,
);

export const createUsers = command<{ readonly users: readonly UserArgs[] }, User[]>(
  {
    users: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['firstName', 'lastName', 'email'],
        properties: { id: is.id, ...properties },
      },
    },
  },
  ['users'],
  (draft, { users }) => users.map((user) => addUser(draft, user)),
);

/** A new name or address fires nothing in Docebo: only the next read of the user shows it. */
export const updateUser = command<{ readonly userId: number } & Partial<Omit<UserArgs, 'id'>>, User>(
  { userId: is.id, ...properties },
  ['userId'],
  (draft, { userId, ...changes }) => draft.put('users', { ...draft.get('users', userId), ...changes }),
);

/** Removes the user and every trace of them; fires nothing. Courses and events go on naming them as instructor, as Docebo's data may. */
export const deleteUser = command<{ readonly userId: number }, null>(
  { userId: is.id },
  ['userId'],
  (draft, { userId }) => {
    draft.get('users', userId);
    draft.remove('users', userId);
    for (const { id } of draft.all('sessions'))
      draft.setEnrolments(
        id,
        draft.enrolments(id).filter((row) => row.userId !== userId),
      );
    for (const plan of draft.all('learningPlans'))
      draft.put('learningPlans', { ...plan, userIds: plan.userIds.filter((id) => id !== userId) });
    return null;
  },
);

function addUser(draft: Draft, args: UserArgs): User {
  const id = draft.newId('users', args.id);
  return draft.put('users', {
    id,
    // Never the address: a reader that takes the user name for one must fail.
    username: args.username ?? `u${id}`,
    firstName: args.firstName,
    lastName: args.lastName,
    email: args.email,
    timezone: args.timezone ?? 'Europe/Rome',
    valid: args.valid ?? true,
  });
}
