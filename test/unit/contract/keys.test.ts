import fc from 'fast-check';
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
import { courseWorkflowId, parseSessionWorkflowId, sessionWorkflowId } from '../../../src/contract/ids';

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

test('what is not ours is told apart', () => {
  expect(parseSessionWorkflowId(courseWorkflowId('academy', '190'))).toBeNull();
  expect(parseTransactionId('54-77')).toBeNull();
  expect(parseDoceboConnectTransactionId('54-77')).toEqual({ sessionId: '54', eventId: '77' });
  expect(parseDoceboConnectTransactionId('cvk1-a-54-77-1')).toBeNull();
  expect(parseBodyMarker('<p>no marker</p>')).toBeNull();
  expect(sessionPropertyValue({ platform: 'academy', sessionId: '54' })).toBe('academy/54');
});
