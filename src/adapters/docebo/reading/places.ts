import type { ClassroomFacts, EventId, LocationFacts } from '../../../domain/model';
import { unlessMissing } from '../../../domain/unless-missing';
import { readFirstAs } from '../profile/json-pointers';
import type { Pointers } from '../profile/profile';
import { READ } from './read-problems';
import type { Reading } from './reading';
import { readVariables } from '../profile/uri-templates';
import { toFilledText, toId, type JsonObject } from '../api/wire';

/**
 * Where an event takes place. A place that Docebo names and does not find, or that has no name, is reported and left out: the invitation then
 * says less. A classroom tells its location when the event does not.
 */
export async function readPlace(
  reading: Reading,
  event: { readonly eventId: EventId; readonly locationId: string | null; readonly classroomId: string | null },
): Promise<{ readonly location: LocationFacts | null; readonly classroom: ClassroomFacts | null }> {
  const found = event.classroomId === null ? null : await readClassroom(reading, event.classroomId, event.locationId);
  const locationId = event.locationId ?? found?.locationId ?? null;
  const location = locationId === null ? null : await readLocation(reading, locationId);
  if (found === null) return { location, classroom: null };
  const { locationId: _id, ...classroom } = found;
  return { location, classroom };
}

async function readLocation(reading: Reading, id: string): Promise<LocationFacts | null> {
  const { caches, docebo, notOlderThan, profile } = reading;
  const location = await caches.locations.get(id, notOlderThan, () =>
    unlessMissing(async () => {
      const text = reader(await docebo.get('location', { location_id: id }));
      const fields = profile.fields.location;
      return {
        name: text(fields.name),
        address: text(fields.address),
        phone: text(fields.phone),
        email: text(fields.email),
        direction: text(fields.direction),
        accommodations: text(fields.accommodations),
        otherInfo: text(fields.otherInfo),
      };
    }),
  );
  if (location === null) report(reading, id, `Location ${id} is not found in Docebo.`);
  else if (location.name === '') report(reading, id, `Location ${id} has no name (fields.location.name).`);
  return location;
}

async function readClassroom(
  reading: Reading,
  id: string,
  locationId: string | null,
): Promise<(ClassroomFacts & { readonly locationId: string | null }) | null> {
  const { caches, docebo, notOlderThan, profile } = reading;
  const read = readVariables(profile.endpoints.classroom);
  if (locationId === null && 'variables' in read && read.variables.includes('location_id')) {
    report(reading, id, `Classroom ${id} cannot be asked for: its event names no location.`);
    return null;
  }
  const classroom = await caches.classrooms.get(`${locationId} ${id}`, notOlderThan, () =>
    unlessMissing(async () => {
      const ids = { classroom_id: id, ...(locationId === null ? {} : { location_id: locationId }) };
      const data = await docebo.get('classroom', ids);
      const text = reader(data);
      const fields = profile.fields.classroom;
      return {
        name: text(fields.name),
        details: text(fields.details),
        seats: text(fields.seats),
        equipment: text(fields.equipment),
        locationId: readFirstAs(data, fields.locationId, toId) ?? null,
      };
    }),
  );
  if (classroom === null) report(reading, id, `Classroom ${id} is not found in Docebo.`);
  else if (classroom.name === '') report(reading, id, `Classroom ${id} has no name (fields.classroom.name).`);
  return classroom;
}

function reader(data: JsonObject): (pointers: Pointers) => string {
  return (pointers) => readFirstAs(data, pointers, toFilledText) ?? '';
}

function report({ problems }: Reading, id: string, detail: string): void {
  problems.add({ code: READ.placeUnreadable, subject: 'place', id, detail });
}
