import type { KeyStanding } from '../../../temporal/key-usage/key-usage';
import { readKeyUsage } from '../../../temporal/key-usage/read-key-usage';
import { green, red, yellow, type Check, type Finding } from '../check';

/** `CONVOKE_CODEC_KEYS` against what Temporal stores: each key that something open needs is there, and keys that nothing needs are named. */
export const codecKeys: Check = {
  name: 'keys.codec',
  title: 'codec keys',
  needsTemporal: true,
  async run({ client, secrets, now }) {
    if (client === null) return [];
    const { keys, unknown } = await readKeyUsage(client, { ring: secrets.codecKeys.map(({ id }) => id), now });
    return [
      ...keys.map(judge),
      ...unknown.map((id) =>
        yellow(
          ['keys.codec', id, 'under which key its last result is cannot be told: no run of it is shown any more'],
          'Let the schedule run once, and drop no key before.',
        ),
      ),
    ];
  },
};

function judge({ id, state, runs, actions, memories }: KeyStanding): Finding {
  const needs = `${runs} open runs, ${actions} actions and ${memories} last results of schedules`;
  switch (state) {
    case 'missing':
      return red(
        ['keys.codec', id, `is not in CONVOKE_CODEC_KEYS, and needed by ${needs}`],
        `Put the key "${id}" back behind the others, in the environment of every api and worker, and restart them.`,
        'Then renew what needs it, before it is dropped again: convoke keys renew',
      );
    case 'needed':
      return green('keys.codec', id, `must stay: needed by ${needs}`);
    case 'free':
      return green('keys.codec', id, 'may be dropped: nothing that is open needs it');
    case 'encrypts':
      return green('keys.codec', id, 'encrypts what is new');
  }
}
