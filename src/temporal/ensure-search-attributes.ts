import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../contract/search-attributes';
import { ConfigError } from '../domain/errors';

const { IndexedValueType } = temporal.api.enums.v1;
const TYPES: Readonly<Record<string, number>> = {
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
};

/**
 * Creates what is missing; changes nothing. @throws ConfigError when an attribute exists with another type. Temporal Cloud has no operator
 * service: create them there by its own tools.
 */
export async function ensureSearchAttributes(client: Client, namespace: string): Promise<readonly string[]> {
  const wanted = Object.fromEntries(
    Object.values(SEARCH_ATTRIBUTES).map((key) => [
      key.name,
      TYPES[key.type] ?? IndexedValueType.INDEXED_VALUE_TYPE_UNSPECIFIED,
    ]),
  );
  const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace });
  const there = customAttributes ?? {};
  const wrong = Object.entries(wanted).filter(([name, type]) => there[name] != null && Number(there[name]) !== type);
  if (wrong.length > 0) {
    throw new ConfigError(
      wrong.map(
        ([name]) => `The search attribute ${name} exists in namespace ${namespace} with another type; remove it first.`,
      ),
      'CONFIG_SEARCH_ATTRIBUTES',
    );
  }
  const missing = Object.fromEntries(Object.entries(wanted).filter(([name]) => there[name] == null));
  if (Object.keys(missing).length > 0) {
    await client.connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
  }
  return Object.keys(missing);
}
