/** A bare name means a file that comes with Convoke; anything with a dot or a slash is a path of the customer's. */
export function isShipped(nameOrPath: string): boolean {
  return /^[a-z0-9-]+$/.test(nameOrPath);
}
