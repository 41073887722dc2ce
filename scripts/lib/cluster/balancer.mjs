import { connect, createServer } from 'node:net';

/** One address for several processes, as a service of a cluster is: each connection goes to the next one that takes it. */
export function createBalancer(ports) {
  let turn = 0;
  const sockets = new Set();
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => undefined).once('close', () => sockets.delete(client));
    const first = turn++;
    const attempt = (n) => {
      if (n === ports.length) return client.destroy();
      const upstream = connect(ports[(first + n) % ports.length], '127.0.0.1');
      upstream.once('error', () => attempt(n + 1));
      upstream.once('connect', () => {
        upstream.removeAllListeners('error');
        upstream.on('error', () => client.destroy()).once('close', () => client.destroy());
        client.once('close', () => upstream.destroy());
        client.pipe(upstream).pipe(client);
      });
    };
    attempt(0);
  });
  return {
    listen: (port) => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve)),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
