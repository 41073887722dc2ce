import type { Payload } from '@temporalio/common';
import { fc } from '../../support/properties';
import { AppError } from '../../../src/domain/errors';
import { createPayloadCodec, ENCODING, KEY_ID } from '../../../src/temporal/payload-codec';

const bytes = fc.uint8Array({ maxLength: 200 });
const key = fc.record({
  id: fc.stringMatching(/^[A-Za-z0-9._-]{1,32}$/),
  key: fc.uint8Array({ minLength: 32, maxLength: 32 }),
});
const ring = fc.uniqueArray(key, { minLength: 1, maxLength: 5, selector: ({ id }) => id });
const payload: fc.Arbitrary<Payload> = fc.record({
  metadata: fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), bytes, {
    maxKeys: 4,
    noNullPrototype: true,
  }),
  data: bytes,
});

/** As bytes alone, so that a Buffer equals an array. */
function plain({ metadata, data }: Payload) {
  return {
    metadata: Object.entries(metadata ?? {})
      .map(([name, value]) => [name, Buffer.from(value).toString('hex')])
      .sort(),
    data: Buffer.from(data ?? []).toString('hex'),
  };
}

async function outcomeOf(decode: () => Promise<Payload[]>): Promise<string> {
  try {
    await decode();
    return 'opened';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

test('any payloads come back as they were, whatever became of the order of the keys', async () => {
  await fc.assert(
    fc.asyncProperty(ring, fc.array(payload, { maxLength: 4 }), fc.nat(), async (keys, payloads, seed) => {
      const sealed = await createPayloadCodec(keys).encode(payloads);
      const turn = seed % keys.length;
      const turned = [...keys.slice(turn), ...keys.slice(0, turn)].reverse();

      const opened = await createPayloadCodec(turned).decode(sealed);

      expect(opened.map(plain)).toEqual(payloads.map(plain));
      for (const { metadata } of sealed) expect(Object.keys(metadata ?? {}).sort()).toEqual(['encoding', KEY_ID]);
    }),
  );
});

test('a bit that flips, bytes that are missing or too many: refused by name, never opened to something else', async () => {
  await fc.assert(
    fc.asyncProperty(ring, payload, fc.nat(), fc.nat({ max: 7 }), fc.nat(), async (keys, one, at, bit, length) => {
      const codec = createPayloadCodec(keys);
      const [sealed] = await codec.encode([one]);
      const data = Buffer.from(sealed!.data!);
      const flipped = Buffer.from(data);
      flipped[at % data.length]! ^= 1 << bit;
      const changed = [flipped, data.subarray(0, length % data.length), Buffer.concat([data, Buffer.alloc(1)])];

      for (const one of changed)
        expect(await outcomeOf(async () => codec.decode([{ ...sealed, data: one }]))).toBe('CODEC_UNREADABLE');
    }),
  );
});

test('another key, under the same name or another, opens nothing', async () => {
  await fc.assert(
    fc.asyncProperty(ring, key, payload, async (keys, stranger, one) => {
      const [own] = keys;
      fc.pre(!Buffer.from(own!.key).equals(Buffer.from(stranger.key)) && keys.every(({ id }) => id !== stranger.id));
      const [sealed] = await createPayloadCodec(keys).encode([one]);
      const sealedAs = (id: string): Payload => ({
        ...sealed,
        metadata: { ...sealed!.metadata, [KEY_ID]: Buffer.from(id) },
      });

      const sameName = createPayloadCodec([{ id: own!.id, key: stranger.key }]);
      expect(await outcomeOf(async () => sameName.decode([sealed!]))).toBe('CODEC_UNREADABLE');
      const otherName = createPayloadCodec([stranger]);
      expect(await outcomeOf(async () => otherName.decode([sealed!]))).toBe('CONFIG_CODEC_KEYS');
      // The right key under a wrong name: the name is sealed, too.
      const renamed = createPayloadCodec([...keys, { id: stranger.id, key: own!.key }]);
      expect(await outcomeOf(async () => renamed.decode([sealedAs(stranger.id)]))).toBe('CODEC_UNREADABLE');
    }),
  );
});

test('any bytes under our encoding are refused by name; under any other they pass as they are', async () => {
  await fc.assert(
    fc.asyncProperty(ring, payload, bytes, fc.string(), async (keys, one, data, id) => {
      const codec = createPayloadCodec(keys);
      const forged = { metadata: { encoding: Buffer.from(ENCODING), [KEY_ID]: Buffer.from(id) }, data };
      const ours = { metadata: { ...forged.metadata, [KEY_ID]: Buffer.from(keys[0]!.id) }, data };

      expect(['CODEC_UNREADABLE', 'CONFIG_CODEC_KEYS']).toContain(await outcomeOf(async () => codec.decode([forged])));
      expect(await outcomeOf(async () => codec.decode([ours]))).toBe('CODEC_UNREADABLE');
      expect(await codec.decode([one])).toEqual([one]);
    }),
  );
});
