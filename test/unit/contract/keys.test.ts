import { fc } from '../../support/properties';
import {
  bodyMarker,
  eventPropertyValue,
  parseBodyMarker,
  parseDoceboConnectTransactionId,
  parseEventPropertyValue,
  parseTransactionId,
  sessionPropertyValue,
  transactionId,
} from '../../../src/contract/calendar-keys';
import {
  courseWorkflowId,
  parseSessionWorkflowId,
  sessionWorkflowId,
  targetWorkflowId,
} from '../../../src/contract/ids';

const platform = fc.stringMatching(/^[a-z0-9-]{1,32}$/);
const id = fc.nat().map(String);
const ref = fc.record({ platform, sessionId: id, eventId: id });

test('workflow ids, transaction ids, property values and markers can be read back', () => {
  fc.assert(
    fc.property(
      ref,
      fc.integer({ min: 1, max: 999 }),
      fc.stringMatching(/^[A-Za-z0-9_-]{22}$/),
      (event, generation, hash) => {
        const { eventId: _, ...session } = event;
        expect(parseSessionWorkflowId(sessionWorkflowId(event))).toEqual(session);
        expect(parseTransactionId(transactionId(event, generation))).toEqual({ ref: event, generation });
        expect(parseEventPropertyValue(eventPropertyValue(event))).toEqual(event);
        expect(parseBodyMarker(`<p>text</p> ${bodyMarker(event, generation, hash)} <p>more</p>`)).toMatchObject({
          ref: event,
          generation,
          invitationHash: hash,
        });
      },
    ),
  );
});

test('the last marker of a text is the event’s own: a description may hold the text of another invitation', () => {
  const hash = fc.stringMatching(/^[A-Za-z0-9_-]{22}$/);
  const pasted = fc.array(
    fc.oneof(
      fc.tuple(ref, fc.nat({ max: 99 }), hash).map(([of, generation, h]) => bodyMarker(of, generation, h)),
      fc.constantFrom('[cvk1-a b]', '[cvk1- ]', '[cvk1-academy-1-2-3', '[', ']', 'cvk1-academy-1-2-3 x]'),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(pasted, ref, hash, (before, event, invitationHash) => {
      const marker = bodyMarker(event, 2, invitationHash);

      const read = parseBodyMarker(`<p>${before.join(' ')}</p>${marker}</div>`);

      expect(read).toEqual({ ref: event, generation: 2, invitationHash, marker });
    }),
  );
});

test('whatever text is read as an id of ours is written back the same', () => {
  const part = fc.oneof(
    fc.constantFrom('session', 'course', '/', '-', 'cvk1', 'academy', '..', '7', '007', ''),
    fc.string({ maxLength: 4 }),
  );
  const text = fc.array(part, { maxLength: 9 }).map((parts) => parts.join(''));
  const shaped = fc.tuple(platform, fc.string({ maxLength: 6 }), fc.string({ maxLength: 6 }));
  fc.assert(
    fc.property(text, shaped, (any, [of, a, b]) => {
      for (const one of [any, `session/${of}/${a}`, `${of}/${a}/${b}`]) {
        const session = parseSessionWorkflowId(one);
        if (session !== null) expect(sessionWorkflowId(session)).toBe(one);
        const event = parseEventPropertyValue(one);
        if (event !== null) expect(eventPropertyValue(event)).toBe(one.toLowerCase());
      }
    }),
    { numRuns: 1_000 },
  );
});

test('two different things never have one workflow id', () => {
  const target = fc.oneof(
    id.map((sessionId) => ({ kind: 'session' as const, sessionId })),
    id.map((courseId) => ({ kind: 'course' as const, courseId })),
    id.map((learningPlanId) => ({ kind: 'learning-plan' as const, learningPlanId })),
  );
  const thing = fc.tuple(fc.constantFrom('a', 'b', 'a-1', 'session'), target);
  fc.assert(
    fc.property(thing, thing, (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other);
      expect(targetWorkflowId(...one) === targetWorkflowId(...other)).toBe(same);
    }),
    { numRuns: 1_000 },
  );
});

test('what is not ours is told apart', () => {
  expect(parseSessionWorkflowId(courseWorkflowId('academy', '190'))).toBeNull();
  expect(parseTransactionId('54-77')).toBeNull();
  expect(parseDoceboConnectTransactionId('54-77')).toEqual({ sessionId: '54', eventId: '77' });
  expect(parseDoceboConnectTransactionId('cvk1-a-54-77-1')).toBeNull();
  expect(parseBodyMarker('<p>no marker</p>')).toBeNull();
  expect(sessionPropertyValue({ platform: 'academy', sessionId: '54' })).toBe('academy/54');
});
