import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createPoster, type Poster } from '../load/poster';

/** The empty route in a process of its own, as the api is one. */
export async function startEmptyRoute(connections: number): Promise<Poster> {
  const child = spawn(process.execPath, [join(__dirname, 'empty-route.js')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const kill = (): unknown => child.kill('SIGKILL');
  process.on('exit', kill);
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', () => reject(new Error('the empty route did not start')));
  });
  const { post, close } = createPoster(`${url}/`, { 'content-type': 'application/json' }, connections);
  return {
    post,
    close() {
      close();
      kill();
      process.off('exit', kill);
    },
  };
}
