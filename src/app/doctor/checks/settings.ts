import { green, yellow, type Check } from '../check';

/** What is missing or wrong never gets this far: it is listed all at once, and nothing else is looked at. */
export const settings: Check = {
  name: 'settings',
  title: 'settings and secrets',
  needsTemporal: false,
  async run({ config }) {
    const { environment, platforms, notices } = config;
    const frozen = Object.keys(platforms).filter((platform) => platforms[platform]?.settings.plan.rsvp === 'frozen');
    return [
      green('settings', '', 'convoke.yaml and the environment are usable'),
      ...notices.map((notice) => yellow(['settings.notice', '', notice])),
      ...(environment === 'production'
        ? []
        : [
            yellow(
              [
                'settings.environment',
                '',
                'CONVOKE_ENVIRONMENT is development: addresses without encryption are accepted',
              ],
              'Take CONVOKE_ENVIRONMENT out of the environment for production.',
            ),
          ]),
      ...frozen.map((platform) =>
        yellow(
          ['settings.frozen', platform, 'rsvp is frozen: nothing is written into calendars for this platform'],
          `Set platforms.${platform}.rsvp: on in convoke.yaml when everything else is green, and restart the worker.`,
        ),
      ),
    ];
  },
};
