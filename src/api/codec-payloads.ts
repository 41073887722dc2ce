import type { Payload } from '@temporalio/common';
import { InputError } from '../domain/errors';

/** A payload as Temporal's remote codec protocol writes it: protobuf's JSON, bytes in base64. */
export interface JsonPayload {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly data?: string;
}

/** No list is an empty one. */
export interface JsonPayloads {
  readonly payloads?: readonly JsonPayload[];
}

/** Protobuf's JSON reads both alphabets, with padding or without. */
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** @throws InputError INPUT_CODEC_PAYLOADS naming the payload and the field */
export function fromJsonPayloads({ payloads = [] }: JsonPayloads): Payload[] {
  return payloads.map(({ metadata = {}, data = '' }, index) => ({
    metadata: Object.fromEntries(
      Object.entries(metadata).map(([key, value]) => [key, bytes(value, `payloads/${index}/metadata`)]),
    ),
    data: bytes(data, `payloads/${index}/data`),
  }));
}

export function toJsonPayloads(payloads: readonly Payload[]): JsonPayloads {
  return {
    payloads: payloads.map(({ metadata, data }) => ({
      metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([key, value]) => [key, base64(value)])),
      ...(data == null || data.length === 0 ? {} : { data: base64(data) }),
    })),
  };
}

function bytes(text: string, where: string): Uint8Array {
  if (BASE64.test(text)) return Buffer.from(text, 'base64');
  throw new InputError(`${where} is not base64.`, { code: 'INPUT_CODEC_PAYLOADS' });
}

function base64(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
}
