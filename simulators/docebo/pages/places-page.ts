import type { AcademyState, Classroom, Location } from '../academy/model';
import type { Tenant } from '../tenant';
import { form, hiddenField, textArea, textField } from './forms';
import { markup, type Markup } from './markup';
import { count } from './wording';

const BACK = '/ui/places';

export function placesPage(tenant: Tenant): Markup {
  const { state } = tenant.academy;
  const locations = Object.values(state.locations);
  return markup`<div class="head"><div><h1>Locations and classrooms</h1>
<p>A changed location or classroom fires no webhook: Docebo shows it at the next read.</p></div></div>
${locations.length === 0 && markup`<section class="card"><div class="blank"><h2>No locations yet</h2><p>Add the first one below.</p></div></section>`}
${locations.map((location) => locationCard(state, location))}
<section class="card"><div class="body"><details><summary>New location</summary>${form(
    { command: 'create-location', back: BACK, done: 'The location is added.' },
    markup`${locationFields()}<div class="acts"><button class="main">Add location</button></div>`,
  )}</details></div></section>`;
}

function locationCard(state: AcademyState, location: Location): Markup {
  const rooms = Object.values(state.classrooms).filter((room) => room.locationId === location.id);
  return markup`<section class="card"><header><div><h2>${location.name}</h2><p>${location.address || 'no address'}</p></div>
<span class="pill">${count(rooms.length, 'classroom')}</span></header>
${rooms.length === 0 ? markup`<div class="empty">No classrooms yet.</div>` : markup`<div class="lines">${rooms.map(roomLine)}</div>`}
<footer class="folds"><details><summary>Edit location</summary>${form(
    { command: 'update-location', back: BACK, done: `${location.name} is saved.` },
    markup`${hiddenField('locationId:number', location.id)}${locationFields(location)}
<div class="acts"><button class="main">Save location</button></div>`,
  )}</details><details><summary>New classroom</summary>${form(
    { command: 'create-classroom', back: BACK, done: 'The classroom is added.' },
    markup`${hiddenField('locationId:number', location.id)}${roomFields()}<div class="acts"><button class="main">Add classroom</button></div>`,
  )}</details></footer></section>`;
}

function roomLine(room: Classroom): Markup {
  return markup`<details><summary><span>${room.name}</span><span class="sub">${room.equipment || 'no equipment'}</span>
<span class="sub">${count(room.seats, 'seat')} · classroom ${room.id}</span></summary>${form(
    { command: 'update-classroom', back: BACK, done: `${room.name} is saved.` },
    markup`${hiddenField('classroomId:number', room.id)}${roomFields(room)}<div class="acts"><button class="main">Save classroom</button></div>`,
  )}</details>`;
}

function locationFields(location?: Location): Markup {
  return markup`${textField('Name', 'name', location?.name ?? '', { required: true })}
${textField('Address', 'address', location?.address ?? '')}${textField('Phone', 'phone', location?.phone ?? '')}
${textField('E-mail', 'email', location?.email ?? '')}
${textArea('How to get there', 'direction', location?.direction ?? '')}
${textArea('Accommodations', 'accommodations', location?.accommodations ?? '')}
${textArea('Other information', 'otherInfo', location?.otherInfo ?? '')}`;
}

function roomFields(room?: Classroom): Markup {
  return markup`${textField('Name', 'name', room?.name ?? '', { required: true })}
${textField('Seats', 'seats:number', room?.seats ?? 12, { type: 'number' })}
${textField('Equipment', 'equipment', room?.equipment ?? '')}${textArea('Details', 'details', room?.details ?? '')}`;
}
