import { green, red, yellow, type Check, type Finding } from '../check';

const TIMEOUT_MS = 5_000;
const BODY = JSON.stringify({ payloads: [] });

/** The endpoint that shows payloads in plain text: open to whom it should be, and to nobody else. */
export const codecEndpoint: Check = {
  name: 'codec',
  title: 'codec endpoint',
  needsTemporal: false,
  async run({ config, secrets, fetch }) {
    const { access } = config.api.codec;
    const local = `http://${config.api.host === '0.0.0.0' ? '127.0.0.1' : config.api.host}:${config.api.port}`;
    const ask = async (base: string, path: string, token: string | null): Promise<number | null> => {
      try {
        const headers = {
          'content-type': 'application/json',
          ...(token !== null && { authorization: `Bearer ${token}` }),
        };
        const limits = { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) } as const;
        const answer = await fetch(`${base}${path}`, { method: 'POST', headers, body: BODY, ...limits });
        await answer.arrayBuffer();
        return answer.status;
      } catch {
        return null;
      }
    };
    const path = '/codec/decode';
    const findings: Finding[] = [];
    const { publicUrl } = config.api;
    const outside = publicUrl === null ? null : await ask(publicUrl, path, null);
    if (outside === 200 && !isSameMachine(publicUrl)) {
      findings.push(
        red(
          ['codec.outside', '', `${publicUrl}${path} decodes stored names and addresses for anybody`],
          'Let the proxy pass /webhooks/ on and nothing else, and set api.codec.access in convoke.yaml to bearer or off.',
        ),
      );
    }
    if (access === 'off') return [...findings, green('codec', '', 'off: payloads are read by the command line alone')];
    const stranger = await ask(local, path, null);
    if (stranger === null) {
      return [
        ...findings,
        yellow(
          ['codec', '', `no api answers at ${local}: the codec endpoint was not tried`],
          'Run convoke doctor on the machine of the api, or start it: npm start',
        ),
      ];
    }
    if (access === 'network') {
      return [
        ...findings,
        yellow(
          ['codec', '', 'open to everybody who reaches the port (api.codec.access: network)'],
          'Set api.codec.access to bearer, with CONVOKE_CODEC_TOKEN.',
        ),
      ];
    }
    if (access === 'loopback') return [...findings, green('codec', '', 'open to this machine alone')];
    const known = await ask(local, path, secrets.codecToken);
    if (stranger === 401 && known === 200)
      return [...findings, green('codec', '', 'opens by its token, and is closed to strangers')];
    return [
      ...findings,
      red(
        [
          'codec',
          '',
          `answers ${stranger} to strangers (401 is right) and ${known ?? 'nothing'} to its token (200 is right)`,
        ],
        'Restart the api: it runs with another CONVOKE_CODEC_TOKEN or another convoke.yaml than this environment.',
      ),
    ];
  },
};

/** From here the two cannot be told apart. */
function isSameMachine(url: string | null): boolean {
  return url !== null && /^https?:\/\/(127\.|localhost|\[::1\])/.test(url);
}
