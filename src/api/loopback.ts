import type { FastifyRequest } from 'fastify';

/**
 * Did a program or browser on this machine send this, by the machine's own name and through no proxy? A tunnel or proxy on this
 * machine also connects from the loopback address, and a web page can point its own host name here: both show in the headers.
 */
export function isLoopbackRequest(request: FastifyRequest): boolean {
  const { headers } = request;
  const forwarded = Object.keys(headers).some((name) => name === 'forwarded' || name.startsWith('x-forwarded-'));
  return !forwarded && isLoopbackAddress(request.socket.remoteAddress) && isLoopbackHost(headers.host);
}

function isLoopbackAddress(address: string | undefined): boolean {
  return address !== undefined && (address === '::1' || /^(::ffff:)?127\./.test(address));
}

function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);
}
