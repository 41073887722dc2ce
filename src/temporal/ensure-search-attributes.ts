import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../contract/search-attributes';
import { ConfigError } from '../domain/errors';

const { IndexedValueType } = temporal.api.enums.v1;
const UNSPECIFIED = IndexedValueType.INDEXED_VALUE_TYPE_UNSPECIFIED;
const TYPES: Readonly<Record<string, number>> = {
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
};

/** The attributes that the namespace lacks, and those that it has with another type. */
export async function compareSearchAttributes(
  client: Client,
  namespace: string,
): Promise<{ readonly missing: readonly string[]; readonly wrong: readonly string[] }> {
  const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace });
  const there = customAttributes ?? {};
  const wanted = Object.entries(wantedTypes());
  return {
    missing: wanted.filter(([name]) => there[name] == null).map(([name]) => name),
    wrong: wanted.filter(([name, type]) => there[name] != null && Number(there[name]) !== type).map(([name]) => name),
  };
}

/**
 * Creates what is missing; changes nothing. @throws ConfigError when an attribute exists with another type. Temporal Cloud has no operator
 * service: create them there by its own tools.
 */
export async function ensureSearchAttributes(client: Client, namespace: string): Promise<readonly string[]> {
  const { missing, wrong } = await compareSearchAttributes(client, namespace);
  if (wrong.length > 0) {
    throw new ConfigError(
      wrong.map(
        (name) => `The search attribute ${name} exists in namespace ${namespace} with another type; remove it first.`,
      ),
      'CONFIG_SEARCH_ATTRIBUTES',
    );
  }
  if (missing.length > 0) {
    const types = wantedTypes();
    const searchAttributes = Object.fromEntries(missing.map((name) => [name, types[name] ?? UNSPECIFIED]));
    await client.connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  }
  return missing;
}

function wantedTypes(): Record<string, number> {
  return Object.fromEntries(Object.values(SEARCH_ATTRIBUTES).map((key) => [key.name, TYPES[key.type] ?? UNSPECIFIED]));
}
