import { toMeetingResponse } from '../../../../src/adapters/graph/meeting-response';
import { keys } from './calendar-keys';

const refs = { keys, parseAdoptedTransactionId: () => null };
const message = {
  id: 'm1',
  '@odata.type': '#microsoft.graph.eventMessageResponse',
  from: { emailAddress: { address: 'Ada@academy.example', name: 'Ada' } },
  sentDateTime: '2026-05-04T09:00:00Z',
  receivedDateTime: '2026-05-04T09:00:07Z',
  responseType: 'accepted',
  meetingMessageType: 'meetingAccepted',
  isOutOfDate: false,
};

test('a response tells who answered what, and when they sent it', () => {
  expect(toMeetingResponse(message, refs)).toEqual({
    messageId: 'm1',
    event: null,
    responder: { address: 'Ada@academy.example', name: 'Ada' },
    response: 'accepted',
    respondedAt: '2026-05-04T09:00:00.000Z',
    isOutOfDate: false,
  });
});

test.each([
  ['tentativelyAccepted', null, 'tentative'],
  ['declined', 'meetingAccepted', 'declined'],
  [null, 'meetingAccepted', 'accepted'],
  [undefined, 'meetingTenativelyAccepted', 'tentative'],
  ['none', 'meetingTentativelyAccepted', 'tentative'],
  [null, 'MEETINGDECLINED', 'declined'],
])('by response %s and kind %s it is %s', (responseType, meetingMessageType, response) => {
  expect(toMeetingResponse({ ...message, responseType, meetingMessageType }, refs)?.response).toBe(response);
});

test.each<[string, object]>([
  ['an invitation', { '@odata.type': '#microsoft.graph.eventMessageRequest' }],
  ['plain mail', { '@odata.type': undefined }],
  ['a response of a kind that is none', { responseType: 'organizer', meetingMessageType: 'none' }],
  ['a response without a time', { sentDateTime: null, receivedDateTime: '0001-01-01T00:00:00Z' }],
  ['a removed message', { '@odata.type': '#microsoft.graph.message', '@removed': { reason: 'deleted' } }],
])('%s is no answer', (_what, over) => {
  expect(toMeetingResponse({ ...message, ...over }, refs)).toBeNull();
});

test('without a sender it is nobody’s, and the time it came in stands for the one it was sent', () => {
  expect(toMeetingResponse({ ...message, from: null, sentDateTime: undefined }, refs)).toMatchObject({
    responder: { address: '', name: '' },
    respondedAt: '2026-05-04T09:00:07.000Z',
  });
});
