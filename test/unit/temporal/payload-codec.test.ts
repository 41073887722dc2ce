import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import { createPayloadCodec } from '../../../src/temporal/payload-codec';

const one = { id: 'one', key: randomBytes(32) };
const two = { id: 'two', key: randomBytes(32) };
const payload = defaultPayloadConverter.toPayload({ address: 'ada@example.com' });

test('what is sealed names nobody and opens again', async () => {
  const codec = createPayloadCodec([one]);

  const [sealed] = await codec.encode([payload]);
  const [opened] = await codec.decode([sealed!]);

  expect(Buffer.from(sealed!.data!).toString('latin1')).not.toContain('ada');
  expect(defaultPayloadConverter.fromPayload(opened!)).toEqual({ address: 'ada@example.com' });
});

test('the same payload is sealed differently each time', async () => {
  const codec = createPayloadCodec([one]);

  const [a, b] = await codec.encode([payload, payload]);

  expect(Buffer.from(a!.data!).equals(Buffer.from(b!.data!))).toBe(false);
});

test('a new first key seals, the old one still opens', async () => {
  const [old] = await createPayloadCodec([one]).encode([payload]);
  const rotated = createPayloadCodec([two, one]);

  const [fresh] = await rotated.encode([payload]);

  expect(Buffer.from(fresh!.metadata!['encryption-key-id']!).toString()).toBe('two');
  expect(await rotated.decode([old!, fresh!])).toHaveLength(2);
});

test('a payload whose key is missing says which', async () => {
  const [sealed] = await createPayloadCodec([one]).encode([payload]);

  await expect(async () => createPayloadCodec([two]).decode([sealed!])).rejects.toThrow(
    /encrypted with the key "one", which the key ring lacks/,
  );
});

test('a changed payload is refused', async () => {
  const codec = createPayloadCodec([one]);
  const [sealed] = await codec.encode([payload]);
  const data = Buffer.from(sealed!.data!);
  data[data.length - 1]! ^= 1;

  await expect(async () => codec.decode([{ ...sealed, data }])).rejects.toThrow(
    /could not be decrypted with the key "one"/,
  );
});

test('payloads of other encodings pass through', async () => {
  expect(await createPayloadCodec([one]).decode([payload])).toEqual([payload]);
});

test('whoever wants to hears the code of what could not be decrypted', async () => {
  const codes: string[] = [];
  const [sealed] = await createPayloadCodec([one]).encode([payload]);
  const other = createPayloadCodec([two], (code) => codes.push(code));

  await expect(async () => other.decode([sealed!])).rejects.toThrow();
  await other.decode([payload]);

  expect(codes).toEqual(['CONFIG_CODEC_KEYS']);
});

test('a ring without keys is refused', () => {
  expect(() => createPayloadCodec([])).toThrow(/The codec has no key/);
});
