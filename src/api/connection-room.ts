import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Keeps at most `max` connections. When one more comes, the one that has been without a request for longest goes, so that whoever only holds
 * connections open, or dribbles, keeps nobody out. A connection whose request is being answered never goes; when all are, the newcomer does.
 */
export function makeRoom(server: Server, max: number): void {
  /** In the order in which they began to wait. */
  const waiting = new Set<Socket>();
  const open = new Set<Socket>();
  const forget = (socket: Socket): void => {
    open.delete(socket);
    waiting.delete(socket);
  };
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    waiting.add(socket);
    socket.once('close', () => forget(socket));
    if (open.size <= max) return;
    // The newcomer itself when nobody else waits.
    const [longest = socket] = waiting;
    forget(longest);
    longest.destroy();
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    // A body on its way is still waited for; of a refused one nobody waits for the rest.
    request.once('end', () => {
      if (!response.closed) waiting.delete(socket);
    });
    response.once('close', () => {
      if (open.has(socket)) waiting.add(socket);
    });
  });
}
