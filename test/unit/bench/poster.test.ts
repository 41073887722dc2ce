import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPoster } from '../../../bench/load/poster';

async function serving<T>(answer: RequestListener, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('posts go over as many connections as there are, each with its body and answer', async () => {
  const bodies: string[] = [];
  const ports = new Set<number | undefined>();
  const listener: RequestListener = (request, reply) => {
    ports.add(request.socket.remotePort);
    let body = '';
    request.on('data', (bytes: Buffer) => (body += bytes.toString()));
    request.on('end', () => {
      bodies.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`);
      reply.writeHead(body === 'bad' ? 503 : 200, { 'content-length': 2 }).end('{}');
    });
  };
  const statuses = await serving(listener, async (url) => {
    const { post, close } = createPoster(url, { authorization: 'Basic abc' }, 2);
    const all = await Promise.all(['one', 'bad', 'zwölf', 'four'].map(post));
    close();
    return all;
  });

  expect(statuses).toEqual([200, 503, 200, 200]);
  expect(bodies.sort()).toEqual(['bad', 'four', 'one', 'zwölf'].map((body) => `POST /hooks Basic abc ${body}`));
  expect(ports.size).toBe(2);
});

test('a connection that breaks is no answer, and the next post opens another', async () => {
  let calls = 0;
  const listener: RequestListener = (request, reply) => {
    if (++calls === 1) request.socket.destroy();
    else reply.writeHead(200, { 'content-length': 0 }).end();
  };
  const statuses = await serving(listener, async (url) => {
    const { post, close } = createPoster(url, {}, 1);
    const all = [await post('first'), await post('second')];
    close();
    return all;
  });

  expect(statuses).toEqual([null, 200]);
});
