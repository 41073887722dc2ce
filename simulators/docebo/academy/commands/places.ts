import type { Classroom, Location } from '../model';
import { command, is } from './command';

type LocationArgs = Partial<Omit<Location, 'id'>>;
type ClassroomArgs = Partial<Omit<Classroom, 'id' | 'locationId'>>;

const locationProperties = {
  name: is.name,
  address: is.text,
  country: is.text,
  phone: is.text,
  email: is.text,
  direction: is.text,
  accommodations: is.text,
  otherInfo: is.text,
};
const classroomProperties = { name: is.name, details: is.text, seats: is.count, equipment: is.text };

export const createLocation = command<LocationArgs & { readonly id?: number; readonly name: string }, Location>(
  { id: is.id, ...locationProperties },
  ['name'],
  (draft, { id, ...given }) =>
    draft.put('locations', {
      address: '',
      country: '',
      phone: '',
      email: '',
      direction: '',
      accommodations: '',
      otherInfo: '',
      ...given,
      id: draft.newId('locations', id),
    }),
);

/** Fires nothing in Docebo. */
export const updateLocation = command<LocationArgs & { readonly locationId: number }, Location>(
  { locationId: is.id, ...locationProperties },
  ['locationId'],
  (draft, { locationId, ...changes }) => draft.put('locations', { ...draft.get('locations', locationId), ...changes }),
);

export const createClassroom = command<
  ClassroomArgs & { readonly id?: number; readonly locationId: number; readonly name: string },
  Classroom
>({ id: is.id, locationId: is.id, ...classroomProperties }, ['locationId', 'name'], (draft, { id, ...given }) => {
  draft.get('locations', given.locationId);
  return draft.put('classrooms', {
    details: '',
    seats: 0,
    equipment: '',
    ...given,
    id: draft.newId('classrooms', id),
  });
});

/** Fires nothing in Docebo. */
export const updateClassroom = command<ClassroomArgs & { readonly classroomId: number }, Classroom>(
  { classroomId: is.id, ...classroomProperties },
  ['classroomId'],
  (draft, { classroomId, ...changes }) =>
    draft.put('classrooms', { ...draft.get('classrooms', classroomId), ...changes }),
);
