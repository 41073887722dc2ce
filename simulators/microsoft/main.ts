import { parseArgs } from 'node:util';
import { createMicrosoftSimulator } from './server';

/**
 * Runs the simulator as a process. Options by argument or environment: `--port` / MICROSOFT_SIM_PORT (0 = any free one),
 * `--temporal-ui` / TEMPORAL_UI_URL. Mailboxes and apps come through the control API.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string' }, 'temporal-ui': { type: 'string' } } });
  const port = readPort(values.port ?? process.env.MICROSOFT_SIM_PORT ?? '0');
  const temporalUiUrl = values['temporal-ui'] ?? process.env.TEMPORAL_UI_URL;
  const simulator = createMicrosoftSimulator(temporalUiUrl === undefined ? {} : { temporalUiUrl });
  const stop = () => void simulator.close();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const address = await simulator.listen(port);
  console.log(`microsoft simulator listening on ${address}`);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`port '${text}' is no port: give --port or MICROSOFT_SIM_PORT a number from 0 to 65535`);
  return port;
}

main().catch((error: unknown) => {
  console.error((error as Error).message);
  process.exitCode = 1;
});
