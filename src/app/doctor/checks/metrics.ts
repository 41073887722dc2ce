import { green, red, yellow, type Check, type Finding } from '../check';

const TIMEOUT_MS = 5_000;
/** A metric that both processes have from their start on. */
const OURS = 'convoke_build_info';

/** What Prometheus would find, where the settings name a port. */
export const metrics: Check = {
  name: 'metrics',
  title: 'metrics',
  needsTemporal: false,
  async run({ config, fetch }) {
    const { host, apiPort, workerPort } = config.metrics;
    const ports = { api: apiPort, worker: workerPort } as const;
    const found = Object.entries(ports).map(async ([process, port]): Promise<Finding[]> => {
      if (port === null) return [];
      const setting = `metrics.${process}Port`;
      if (port === 0) {
        return [
          yellow(
            ['metrics', process, `its port is any free one: ${setting} is 0, and only the process knows which`],
            `Set ${setting} in convoke.yaml to a port of its own, so that Prometheus can be told, and restart.`,
          ),
        ];
      }
      return [await look(fetch, { process, setting, url: `http://${reachable(host)}:${port}/metrics` })];
    });
    return (await Promise.all(found)).flat();
  },
};

async function look(
  fetch: typeof globalThis.fetch,
  { process, setting, url }: { readonly process: string; readonly setting: string; readonly url: string },
): Promise<Finding> {
  const at = ['metrics', process] as const;
  let status: number;
  let text: string;
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    status = answer.status;
    text = await answer.text();
  } catch {
    return yellow(
      [...at, `nothing answers at ${url}`],
      `Run convoke doctor on the machine (or in the container) of the ${process}, or start it: npm start`,
      `If it runs here: it was started before ${setting} was set; restart it.`,
    );
  }
  if (status === 200 && text.includes(OURS)) return green(...at, `${url} answers`);
  return red(
    [...at, `something else answers at ${url} (${status})`],
    `Which program that is: ss -ltnp. End it, or set ${setting} in convoke.yaml to another port and restart the ${process}.`,
  );
}

/** An address for listening on all interfaces is none for calling. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
