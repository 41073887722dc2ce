import { createServer, type AddressInfo, type Server } from 'node:net';
import { choosePort } from '../../../../src/app/supervise/choose-port';

const servers: Server[] = [];

async function occupy(): Promise<number> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Another program may take a port between the choice and the look, but not each time. */
async function atLeastOnce(holds: () => Promise<boolean>): Promise<boolean> {
  for (let left = 5; left > 0; left--) if (await holds()) return true;
  return false;
}

afterAll(async () => {
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
});

describe('the choice of a port', () => {
  test('is the wanted one when that is free', async () => {
    const keepsIt = async (wanted: number): Promise<boolean> => (await choosePort(wanted)) === wanted;

    expect(await atLeastOnce(async () => keepsIt(await choosePort(0)))).toBe(true);
  });

  test('moves to another one, which is free, when somebody listens there', async () => {
    const taken = await occupy();

    expect(await choosePort(taken)).not.toBe(taken);
    expect(await atLeastOnce(async () => isFree(await choosePort(taken)))).toBe(true);
  });

  test('passes over ports that are spoken for', async () => {
    const wanted = await choosePort(0);

    expect(await choosePort(wanted, { avoid: [wanted] })).not.toBe(wanted);
  });

  test('is any free port for 0', async () => {
    expect(await choosePort(0)).toBeGreaterThan(0);
    expect(await atLeastOnce(async () => isFree(await choosePort(0)))).toBe(true);
  });

  test('refuses a host that is not of this machine, and says which', async () => {
    await expect(choosePort(0, { host: '192.0.2.1' })).rejects.toThrow('192.0.2.1');
  });
});
