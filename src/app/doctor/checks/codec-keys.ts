import type { KeyStanding } from '../../../temporal/key-usage/key-usage';
import { readKeyUsage } from '../../../temporal/key-usage/read-key-usage';
import { loginCommand, createSignIns, signInPlaces } from '../../accounts/sign-ins';
import { green, red, yellow, type Check, type Finding } from '../check';
import { count } from '../count';

/** `CONVOKE_CODEC_KEYS` against what Temporal stores and the sign-ins on this machine: each key that something open needs is there, and keys that nothing needs are named. */
export const codecKeys: Check = {
  name: 'keys.codec',
  title: 'codec keys',
  needsTemporal: true,
  async run({ client, config, secrets, now }) {
    if (client === null) return [];
    const ring = secrets.codecKeys.map(({ id }) => id);
    const files = createSignIns(signInPlaces(config), secrets.codecKeys);
    const { keys, unknown, signIns } = await readKeyUsage(client, { ring, signIns: files, now });
    return [
      ...keys.map(judge),
      ...unknown.map((id) =>
        yellow(
          ['keys.codec', id, 'under which key its last result is cannot be told: no run of it is shown any more'],
          `Let the schedule run once, and drop no key before: temporal schedule trigger --namespace ${config.temporal.namespace} --schedule-id ${id}`,
        ),
      ),
      ...(signIns ?? [])
        .filter(({ state }) => state === 'unreadable')
        .map(({ account }) =>
          yellow(
            ['keys.codec', account, 'under which key its sign-in lies cannot be told: the file cannot be read here'],
            `Look from the worker's machine, as the worker's user, or sign in again and drop no key before: ${loginCommand(account)}`,
          ),
        ),
    ];
  },
};

function judge({ id, state, runs, actions, memories, signIns }: KeyStanding): Finding {
  const files = signIns === 0 ? '' : `; ${count(signIns, 'sign-in')}`;
  const needs = `${runs} open runs, ${actions} actions and ${memories} last results of schedules${files}`;
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
