import { chooseHorizon } from '../../../../src/domain/sweep/choose-horizon';

const NIGHT = '2026-05-04T00:30:00.000Z';

it.each([
  ['is full the first time', null, null, NIGHT, 'all'],
  ['is near before the night', '2026-05-03T00:10:00.000Z', null, '2026-05-03T22:00:00.000Z', 'near'],
  ['is full when the hour has come', '2026-05-03T00:10:00.000Z', null, NIGHT, 'all'],
  ['is near when this night’s is done', '2026-05-04T00:05:00.000Z', null, NIGHT, 'near'],
  ['is full when a night was slept through', '2026-05-01T00:10:00.000Z', null, '2026-05-04T12:00:00.000Z', 'all'],
  ['is near while this night’s goes on', '2026-05-03T00:05:00.000Z', '2026-05-04T00:05:00.000Z', NIGHT, 'near'],
  ['is full when last night’s is still not done', null, '2026-05-03T00:05:00.000Z', NIGHT, 'all'],
])('a sweep %s', (_what, fullAt, fullFrom, now, expected) => {
  expect(chooseHorizon({ memory: { fullAt, fullFrom }, now, fullAt: '02:00', zone: 'Europe/Rome' })).toBe(expected);
});
