import type { CommandArgs } from '../../simulators/docebo/academy/commands';

export type NewUser = CommandArgs<'create-users'>['users'][number] & { readonly id: number };

const FIRST_LEARNER = 14_001;
const FIRST_INSTRUCTOR = 13_101;
const LEARNERS = 300;

/** First and last names of the places where the academy trains, with the zone that people there live in. */
const REGIONS = [
  {
    timezone: 'Europe/Rome',
    first: ['Giulia', 'Marco', 'Chiara', 'Luca', 'Francesca', 'Davide', 'Elena', 'Matteo', 'Sara', 'Nicolò'],
    last: ['Rossi', 'Bianchi', 'Ferrari', 'Esposito', 'Romano', 'Colombo', 'Ricci', 'Marino', 'Greco', 'D’Angelo'],
  },
  {
    timezone: 'Europe/Berlin',
    first: ['Anna', 'Jürgen', 'Lena', 'Stefan', 'Katrin', 'Björn', 'Mia', 'Uwe', 'Sabine', 'Felix'],
    last: ['Müller', 'Schmidt', 'Weiß', 'Fischer', 'Köhler', 'Wagner', 'Becker', 'Schäfer', 'Hoffmann', 'Groß'],
  },
  {
    timezone: 'Europe/Paris',
    first: ['Camille', 'Léo', 'Manon', 'Hugo', 'Zoé', 'Étienne', 'Inès', 'Jules', 'Chloé', 'François'],
    last: ['Martin', 'Bernard', 'Lefèvre', 'Dubois', 'Moreau', 'Girard', 'Fournier', 'Mercier', 'Blanc', 'Guérin'],
  },
  {
    timezone: 'America/New_York',
    first: ['Emily', 'Jacob', 'Olivia', 'Ethan', 'Maya', 'Tyler', 'Grace', 'Noah', 'Aisha', 'Liam'],
    last: ['Johnson', 'O’Brien', 'Williams', 'Brown', 'Garcia', 'Davis', 'Nguyen', 'Wilson', 'Taylor', 'Moore'],
  },
  {
    timezone: 'America/Mexico_City',
    first: ['Sofía', 'Diego', 'Valentina', 'José', 'Camila', 'Andrés', 'Lucía', 'Javier', 'Ximena', 'Raúl'],
    last: ['Hernández', 'López', 'Núñez', 'Ramírez', 'Torres', 'Flores', 'Rivera', 'Gómez', 'Castillo', 'Peña'],
  },
  {
    timezone: 'Asia/Tokyo',
    first: ['Yuki', 'Haruto', 'Sakura', 'Ren', 'Aoi', 'Kaito', 'Hina', 'Sota', 'Mei', 'Riku'],
    last: ['Sato', 'Suzuki', 'Takahashi', 'Tanaka', 'Watanabe', 'Ito', 'Yamamoto', 'Nakamura', 'Kobayashi', 'Kato'],
  },
] as const;

const INSTRUCTORS: readonly (readonly [first: string, last: string, timezone: string])[] = [
  ['Paola', 'Conti', 'Europe/Rome'],
  ['Henrik', 'Vogel', 'Europe/Berlin'],
  ['Claire', 'Rousseau', 'Europe/Paris'],
  ['David', 'Miller', 'America/New_York'],
  ['Mariana', 'Ortega', 'America/Mexico_City'],
  ['Kenji', 'Mori', 'Asia/Tokyo'],
  ['Fiona', 'Campbell', 'Europe/London'],
  ['Arjun', 'Mehta', 'Asia/Kolkata'],
];

/** 300 people who learn; the regions take turns, so that neighbours in the list work in different places. */
export function learners(): NewUser[] {
  return Array.from({ length: LEARNERS }, (_, i) => {
    const region = REGIONS[i % REGIONS.length]!;
    const turn = Math.floor(i / REGIONS.length);
    const firstName = region.first[turn % region.first.length]!;
    // Another pairing for every ten, so that nobody has a namesake.
    const lastName = region.last[(turn + Math.floor(turn / 10)) % region.last.length]!;
    return toUser(FIRST_LEARNER + i, firstName, lastName, region.timezone);
  });
}

export function instructors(): NewUser[] {
  return INSTRUCTORS.map(([first, last, timezone], i) => toUser(FIRST_INSTRUCTOR + i, first, last, timezone));
}

/** The id of the n-th instructor, from 1. */
export function instructor(n: number): number {
  return FIRST_INSTRUCTOR + n - 1;
}

/** So many learners from the n-th on; the list is a ring. */
export function someLearners(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => FIRST_LEARNER + ((from - 1 + i) % LEARNERS));
}

function toUser(id: number, firstName: string, lastName: string, timezone: string): NewUser {
  return {
    id,
    firstName,
    lastName,
    timezone,
    username: `e${id}`,
    email: `${mailName(firstName)}.${mailName(lastName)}@academy.example`,
  };
}

function mailName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/[^a-z]/g, '');
}
