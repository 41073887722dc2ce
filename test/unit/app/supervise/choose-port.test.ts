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

afterAll(async () => {
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
});

describe('the choice of a port', () => {
  test('is the wanted one when that is free', async () => {
    const wanted = await choosePort(0);

    expect(await choosePort(wanted)).toBe(wanted);
  });

  test('moves to another one, which is free, when somebody listens there', async () => {
    const taken = await occupy();

    const port = await choosePort(taken);

    expect(port).not.toBe(taken);
    expect(await isFree(port)).toBe(true);
  });

  test('passes over ports that are spoken for', async () => {
    const wanted = await choosePort(0);

    expect(await choosePort(wanted, { avoid: [wanted] })).not.toBe(wanted);
  });

  test('is any free port for 0', async () => {
    const port = await choosePort(0);

    expect(port).toBeGreaterThan(0);
    expect(await isFree(port)).toBe(true);
  });

  test('refuses a host that is not of this machine, and says which', async () => {
    await expect(choosePort(0, { host: '192.0.2.1' })).rejects.toThrow('192.0.2.1');
  });
});
