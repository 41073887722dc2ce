import { parseArgs } from 'node:util';
import { createMicrosoftSimulator } from './server';

/**
 * Runs the simulator as a process. Options by argument or environment: `--port` / MICROSOFT_SIM_PORT (0 = any free one),
 * `--temporal-ui` / TEMPORAL_UI_URL, `--temporal-namespace` / TEMPORAL_NAMESPACE. Mailboxes and apps come through the control API.
 */
async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { port: text, 'temporal-ui': text, 'temporal-namespace': text } });
  const port = readPort(values.port ?? process.env.MICROSOFT_SIM_PORT ?? '0');
  const temporalUiUrl = values['temporal-ui'] ?? process.env.TEMPORAL_UI_URL;
  const temporalNamespace = values['temporal-namespace'] ?? process.env.TEMPORAL_NAMESPACE;
  const simulator = createMicrosoftSimulator({
    ...(temporalUiUrl === undefined ? {} : { temporalUiUrl }),
    ...(temporalNamespace === undefined ? {} : { temporalNamespace }),
  });
  const stop = () => void simulator.close();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Started by another program over an IPC channel: ends when that program is gone.
  process.once('disconnect', stop);
  process.channel?.unref();
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
