import { readOptions } from './options';
import { createDoceboSimulator } from './server';

/** Starts the simulator as a process of its own; prints its address when it listens, and stops on SIGTERM or SIGINT. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  const simulator = createDoceboSimulator(options.simulator);
  const address = await simulator.listen(options.port, options.host);
  console.log(`Docebo simulator listening on ${address}`);
  const stop = () => void simulator.close();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Started by another program over an IPC channel: ends when that program is gone.
  process.once('disconnect', stop);
  process.channel?.unref();
}

main().catch((error: unknown) => {
  console.error(`The Docebo simulator cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
