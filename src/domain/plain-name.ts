/** A display name without what two systems write differently: case, spacing, composed letters. */
export function plainName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
