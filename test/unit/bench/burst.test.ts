import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendAll } from '../../../bench/burst/send-all';

test('every message is sent until it is acknowledged, and what was sent again is counted', async () => {
  const heard: string[] = [];
  const server = createServer((request, reply) => {
    let body = '';
    request.on('data', (bytes: Buffer) => (body += bytes.toString()));
    request.on('end', () => {
      const { message_id: id } = JSON.parse(body) as { message_id: string };
      const first = !heard.includes(id);
      heard.push(id);
      reply.writeHead(id === 'burst-1' && first ? 503 : 200, { 'content-length': 2 }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/webhooks`;
  const sent = await sendAll({ url, senders: 2, messages: 5, sessionIds: [1, 2] });
  server.closeAllConnections();
  server.close();

  expect([...sent.acknowledged].sort()).toEqual([0, 1, 2, 3, 4].map((n) => `burst-${n}`));
  expect(sent.again).toBe(1);
  expect(sent.latenciesMs).toHaveLength(5);
  expect(heard).toHaveLength(6);
});
