import type { CommandArgs } from '../../simulators/docebo/academy/commands';

type NewLocation = CommandArgs<'create-location'> & { readonly id: number };
type NewClassroom = CommandArgs<'create-classroom'> & { readonly id: number };

export const LOCATIONS: readonly NewLocation[] = [
  {
    id: 21,
    name: 'Milano · Campus Porta Nuova',
    address: 'Viale della Liberazione 18, 20124 Milano',
    country: 'Italy',
    phone: '+39 02 5550 1800',
    email: 'milano@academy.example',
    direction: '<p>Metro M2/M5 <b>Garibaldi</b>, exit Alvar Aalto.</p>',
    accommodations: '<p>Rooms are held at the Hotel Mercury until two weeks before.</p>',
    otherInfo: 'Bring an identity card for the reception.',
  },
  {
    id: 22,
    name: 'Berlin · Werk 3',
    address: 'Sickingenstraße 70, 10553 Berlin',
    country: 'Germany',
    phone: '+49 30 5550 700',
    email: 'berlin@academy.example',
    direction: '<p>S-Bahn <b>Beusselstraße</b>, fünf Minuten zu Fuß.</p>',
    otherInfo: 'Sicherheitsschuhe werden gestellt.',
  },
  {
    id: 23,
    name: 'Paris · Centre Bercy',
    address: '41 rue de Bercy, 75012 Paris',
    country: 'France',
    phone: '+33 1 55 50 41 00',
    email: 'paris@academy.example',
    direction: '<p>Métro 6 ou 14, station <b>Bercy</b>.</p>',
  },
  {
    id: 24,
    name: 'New York · Hudson Floor',
    address: '550 W 34th St, New York, NY 10001',
    country: 'United States',
    phone: '+1 212 555 0134',
    email: 'newyork@academy.example',
    direction: '<p>7 train to <b>34 St–Hudson Yards</b>.</p>',
  },
  {
    id: 25,
    name: '東京 · 品川トレーニングセンター',
    address: '東京都港区港南2-16-1',
    country: 'Japan',
    phone: '+81 3 5550 2161',
    email: 'tokyo@academy.example',
    direction: '<p>品川駅 港南口から徒歩5分</p>',
  },
];

export const CLASSROOMS: readonly NewClassroom[] = [
  {
    id: 61,
    locationId: 21,
    name: 'Aula Leonardo',
    seats: 24,
    equipment: 'Projector, whiteboard',
    details: 'Third floor',
  },
  { id: 62, locationId: 21, name: 'Aula Galileo', seats: 60, equipment: 'Two projectors, microphones' },
  { id: 63, locationId: 22, name: 'Schulungsraum 2', seats: 20, equipment: 'Beamer, Flipchart' },
  { id: 64, locationId: 23, name: 'Salle Lumière', seats: 18, equipment: 'Écran tactile' },
  { id: 65, locationId: 24, name: 'Room 34B', seats: 16, equipment: 'Video bar' },
  { id: 66, locationId: 25, name: '研修室A', seats: 30, equipment: 'プロジェクター' },
];

/** Room and house of an event that is held there. */
export function room(classroomId: number): { readonly locationId: number; readonly classroomId: number } {
  const found = CLASSROOMS.find(({ id }) => id === classroomId);
  if (found === undefined) throw new Error(`the academy has no classroom ${classroomId}`);
  return { locationId: found.locationId, classroomId };
}
