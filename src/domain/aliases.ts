import type { AddressKey } from './model';

/**
 * Keys of addresses that a calendar keeps in place of those that were invited, each with the key that was invited: Exchange may take an
 * address for an alias of somebody, and put their primary one on the event. INFERRED: Microsoft documents nothing about it.
 */
export type Aliases = Readonly<Record<AddressKey, AddressKey>>;

/** The key that Convoke knows somebody by. `known` wins: an address of its own may be another's alias. */
export function resolveAlias(
  key: AddressKey,
  known: { readonly has: (key: AddressKey) => boolean },
  aliases: Aliases = {},
): AddressKey {
  return known.has(key) ? key : (aliases[key] ?? key);
}

/** Those of people whom Convoke still knows; absent when there are none. */
export function pruneAliases(aliases: Aliases | undefined, known: ReadonlySet<AddressKey>): { aliases?: Aliases } {
  const kept = Object.entries(aliases ?? {}).filter(([, invited]) => known.has(invited));
  return kept.length === 0 ? {} : { aliases: Object.fromEntries(kept) };
}
