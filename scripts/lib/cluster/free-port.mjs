import { createServer } from 'node:net';

/** Temporal keeps the ports of its members in a column that ends at 32767; below 20000 live well-known ones. */
const RANGE = { first: 20_000, last: 32_767 };

/** `count` ports that nobody listens on now. */
export async function freePorts(count) {
  const found = [];
  let port = RANGE.first + Math.floor(Math.random() * (RANGE.last - RANGE.first - 1_000));
  for (; found.length < count && port <= RANGE.last; port++) if (await isFree(port)) found.push(port);
  if (found.length < count) throw new Error(`there are not ${count} free ports up to ${RANGE.last}`);
  return found;
}

function isFree(port) {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
