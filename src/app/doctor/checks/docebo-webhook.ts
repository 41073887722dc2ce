import { platformVariable } from '../../env';
import { green, red, yellow, type Check, type DoctorContext, type Finding } from '../check';

const TIMEOUT_MS = 10_000;

/** The webhook's address answers as Docebo will see it. The body is empty: it is refused, and changes nothing. */
export const doceboWebhook: Check = {
  name: 'docebo.webhook',
  title: "Docebo: the webhook's address",
  needsTemporal: false,
  async run(context) {
    const all = await Promise.all(context.platforms.map((platform) => checkPlatform(context, platform)));
    return all.flat();
  },
};

async function checkPlatform({ config, secrets, fetch }: DoctorContext, platform: string): Promise<Finding[]> {
  const at = ['docebo.webhook', platform] as const;
  const { publicUrl } = config.api;
  if (publicUrl === null) {
    return [
      yellow(
        [...at, 'not tried: where Docebo reaches this installation is not set'],
        'Set api.publicUrl in convoke.yaml to the address in front of the api, such as https://convoke.example.com.',
      ),
    ];
  }
  const url = `${publicUrl}/webhooks/docebo/${platform}`;
  const post = async (authorization?: string): Promise<number | string> => {
    try {
      const headers = { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) };
      const limits = { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) } as const;
      const answer = await fetch(url, { method: 'POST', headers, body: '', ...limits });
      await answer.arrayBuffer();
      return answer.status;
    } catch (error) {
      return error instanceof Error && error.name === 'TimeoutError' ? 'no answer in 10 s' : 'no connection';
    }
  };
  const stranger = await post();
  if (typeof stranger === 'string') {
    return [
      red(
        [...at, `${url}: ${stranger}`],
        'Start the api (npm start), and let your proxy pass /webhooks/ on to it.',
        'From inside your network the public address may be unreachable by design: then try it from outside with curl -i -X POST.',
      ),
    ];
  }
  if (stranger >= 200 && stranger < 300) {
    return [
      red(
        [...at, `${url} takes messages without a password (${stranger})`],
        'Something else answers there: check the proxy.',
      ),
    ];
  }
  if (stranger !== 401) {
    return [
      red(
        [...at, `${url} answers ${stranger} to a stranger; 401 is right`],
        stranger === 404
          ? `The proxy does not pass /webhooks/ on, or the api runs with another convoke.yaml: compare the key "${platform}".`
          : 'Let the proxy pass POST requests below /webhooks/ on as they are, with their Authorization header.',
      ),
    ];
  }
  const findings: Finding[] = [green(...at, `${url} answers, and is closed to strangers`)];
  for (const [index, { user, password }] of (secrets.webhooks[platform] ?? []).entries()) {
    const status = await post(`Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`);
    // An empty body is refused with 400 once the credentials have passed.
    const passes = typeof status === 'number' && status !== 401 && status < 500;
    const which = `pair ${index + 1} of ${platformVariable('webhook', platform)}`;
    findings.push(
      passes
        ? green('docebo.webhook-credentials', platform, `${which} is accepted`)
        : red(
            ['docebo.webhook-credentials', platform, `${which} is not accepted (${status})`],
            'Restart the api: it runs with other credentials than this environment, or the proxy drops the Authorization header.',
          ),
    );
  }
  return findings;
}
