import { createHash } from 'node:crypto';
import { AppError } from '../../../../src/domain/errors';
import { createReadWebhook } from '../../../../src/adapters/docebo/webhook/webhook';
import { aProfile, PROFILE_NAMES } from './a-profile';

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);
const v1 = createReadWebhook(aProfile(), { digest });
const v2 = createReadWebhook(aProfile(undefined, 'assumed-v2'), { digest });

/** A message as public clients recorded it. */
function aMessage(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    message_id: 'wh-20240207-114213-565ac3c1-dc80-4c3a-9f60-01c7f9c727b3',
    webhook_id: 12,
    original_domain: 'acme.docebosaas.com',
    event: 'ilt.session.updated',
    fired_by_batch_action: false,
    payload: { fired_at: '2024-02-07 11:42:12', course_id: 342, session_id: 231, session_name: 'Day 1' },
    ...changes,
  };
}

function grouped(event: string, payloads: readonly unknown[]): Record<string, unknown> {
  return { message_id: 'wh-1', event, payloads };
}

function refusalOf(body: unknown): { code: string; message: string } {
  try {
    v1(body);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ kind: 'input' });
    return error as AppError;
  }
  throw new Error('the message was accepted');
}

describe('what a message asks to look at', () => {
  test('a changed session', () => {
    const reading = v1(aMessage());

    expect(reading).toEqual({
      event: 'ilt.session.updated',
      originalDomain: 'acme.docebosaas.com',
      hints: [
        {
          target: { kind: 'session', sessionId: '231' },
          hint: {
            key: digest('wh-20240207-114213-565ac3c1-dc80-4c3a-9f60-01c7f9c727b3:0'),
            kind: 'session-changed',
            courseId: '342',
            eventId: null,
            userId: null,
          },
        },
      ],
      ignored: {},
      unknown: [],
    });
  });

  test('a changed event leads to its session', () => {
    const event = 'ilt.event.external_calendar.changed';
    const [hint] = v1(aMessage({ event, payload: { course_id: '3', session_id: '7', event_id: 9 } })).hints;

    expect(hint).toMatchObject({
      target: { kind: 'session', sessionId: '7' },
      hint: { kind: 'event-changed', courseId: '3', eventId: '9' },
    });
  });

  test('a changed event without its session leads to the course', () => {
    const event = 'ilt.event.external_calendar.changed';
    const [hint] = v1(aMessage({ event, payload: { id_course: 3, id_date: 9 } })).hints;

    expect(hint).toMatchObject({ target: { kind: 'course', courseId: '3' }, hint: { eventId: '9' } });
  });

  test('a changed course', () => {
    const payload = { course_id: 342, type: 'classroom', name: 'Forklifts' };
    const [hint] = v1(aMessage({ event: 'course.updated', payload })).hints;

    expect(hint).toMatchObject({ target: { kind: 'course', courseId: '342' }, hint: { kind: 'course-changed' } });
  });

  test('somebody who left a learning plan', () => {
    const payload = { learning_plan_id: 80, user_id: '13001' };
    const [hint] = v1(aMessage({ event: 'learningplan.enrollment.deleted', payload })).hints;

    expect(hint).toMatchObject({
      target: { kind: 'learning-plan', learningPlanId: '80' },
      hint: { kind: 'learning-plan-left', userId: '13001' },
    });
  });

  test('names and nested keys of another tenant', () => {
    const payload = { data: { course: '3', ilt_session: '7', ilt_date: 9, user: 5 } };

    expect(v2(aMessage({ event: 'extcalendar.iltdate.updated', payload })).hints).toMatchObject([
      { target: { kind: 'session', sessionId: '7' }, hint: { courseId: '3', eventId: '9', userId: '5' } },
    ]);
    expect(v2(aMessage({ event: 'ilt.event.external_calendar.changed', payload })).hints).toEqual([]);
  });

  test('ids in extra_data only where the profile points there', () => {
    const payload = { extra_data: { session: { id: 55 } } };
    const pointed = createReadWebhook(
      aProfile((p) => p.push('/webhook/sessionId', '/extra_data/session/id')),
      { digest },
    );

    expect(v1(aMessage({ payload })).unknown).toMatchObject([{ reason: 'missing-id' }]);
    expect(pointed(aMessage({ payload })).hints).toMatchObject([{ target: { kind: 'session', sessionId: '55' } }]);
  });

  test('the first id that is one, of those that the profile prefers', () => {
    const payload = { session_id: null, id_session: '', ilt_session_id: 8 };

    expect(v1(aMessage({ payload })).hints).toMatchObject([{ target: { sessionId: '8' } }]);
  });

  test.each([
    ['0', 0],
    ['zero as text', '0'],
    ['a fraction', 1.5],
    ['a number that lost digits', 2 ** 53],
    ['a path', '../users'],
    ['an object', {}],
    ['true', true],
  ])('%s is no id', (_what, session_id) => {
    expect(v1(aMessage({ payload: { session_id } })).unknown).toMatchObject([{ reason: 'missing-id' }]);
  });

  test.each([
    [200, 1],
    [201, 0],
  ])('an id of %i characters is one: %i hint, for ids stand in names that Temporal limits', (length, hints) => {
    const id = '9'.repeat(length);

    expect(v1(aMessage({ payload: { session_id: id } })).hints).toHaveLength(hints);
  });
});

describe('keys of hints', () => {
  test('25 payloads of one message have 25 keys', () => {
    const payloads = Array.from({ length: 25 }, () => ({ session_id: 7 }));
    const { hints } = v1(grouped('ilt.session.updated', payloads));

    expect(new Set(hints.map((h) => h.hint.key)).size).toBe(25);
  });

  test('a redelivered message has the keys that it had', () => {
    const message = grouped('ilt.session.updated', [{ session_id: 7 }, { session_id: 8 }]);

    expect(v1(structuredClone(message))).toEqual(v1(message));
  });

  test('`id` stands for an absent message_id', () => {
    const [hint] = v1(aMessage({ message_id: undefined, id: 'abc' })).hints;

    expect(hint?.hint.key).toBe(digest('abc:0'));
  });

  test('without any id the whole body makes the key', () => {
    const without = { event: 'ilt.session.updated', payload: { session_id: 7, fired_at: '2026-05-04 09:00:00' } };
    const later = { ...without, payload: { ...without.payload, fired_at: '2026-05-04 09:00:01' } };
    const keyOf = (body: unknown) => v1(body).hints[0]?.hint.key;

    expect(keyOf(structuredClone(without))).toBe(keyOf(without));
    expect(keyOf(later)).not.toBe(keyOf(without));
  });
});

describe('what needs no work', () => {
  test('e-learning is counted, and the rest of its message is not lost', () => {
    const reading = v1(
      grouped('course.updated', [
        { course_id: 1, type: 'elearning' },
        { course_id: 2, type: 'classroom' },
        { course_id: 3, type: 'E-Learning' },
        { course_id: 4, type: ' ELEARNING ' },
      ]),
    );

    expect(reading.ignored).toEqual({ elearning: 2 });
    expect(reading.hints.map((h) => h.target)).toEqual([
      { kind: 'course', courseId: '2' },
      { kind: 'course', courseId: '3' },
    ]);
    expect(reading.unknown).toEqual([]);
  });

  test('a type is looked at for courses alone', () => {
    expect(v1(aMessage({ payload: { session_id: 7, type: 'elearning' } })).hints).toHaveLength(1);
  });
});

describe('events that the profile does not know', () => {
  test('show their keys and never their values', () => {
    const payload = {
      user: { name: 'Ada', 'ada@example.com': 1, 'x/y~z': null },
      tags: [{ id: 1, label: 'x' }, { other: 2 }],
      empty: {},
    };
    const reading = v1(aMessage({ event: 'ilt.seat.moved', payload }));

    expect(reading.hints).toEqual([]);
    expect(reading.unknown).toEqual([
      {
        event: 'ilt.seat.moved',
        pointers: ['/empty', '/tags/0/id', '/tags/0/label', '/user/*', '/user/name', '/user/x~1y~0z'],
        reason: 'unknown-event',
      },
    ]);
  });

  test('give one bounded shape for a whole message', () => {
    const payloads = Array.from({ length: 25 }, (_, i) => ({
      [`key_${String(i).padStart(2, '0')}`]: { a: 1, b: 2, c: 3 },
    }));
    const { unknown } = v1(grouped('ilt.seat.moved', payloads));

    expect(unknown).toHaveLength(1);
    expect(unknown[0]?.pointers).toHaveLength(60);
  });

  test('do not go deeper than an operator would look', () => {
    const deep = JSON.parse('{"a":'.repeat(40) + '1' + '}'.repeat(40)) as unknown;
    const { unknown } = v1(aMessage({ event: 'ilt.seat.moved', payload: deep }));

    expect(unknown[0]?.pointers).toEqual(['/a'.repeat(8)]);
  });

  test('a known event without its id shows where ids might stand', () => {
    const reading = v1(grouped('ilt.session.updated', [{ session_id: 7 }, { session: { key: 9 } }]));

    expect(reading.hints).toHaveLength(1);
    expect(reading.unknown).toEqual([
      { event: 'ilt.session.updated', pointers: ['/session/key'], reason: 'missing-id' },
    ]);
  });

  test('names are exact', () => {
    expect(v1(aMessage({ event: 'ILT.Session.Updated' })).unknown).toMatchObject([{ reason: 'unknown-event' }]);
  });
});

describe('names that look like one of the four events', () => {
  const learning = createReadWebhook(
    aProfile((p) => p.set('/events/matchSimilarNames', true)),
    { digest },
  );
  const payload = { session_id: 7, event_id: 9, course_id: 3, learning_plan_id: 80, user_id: 5 };
  const kindOf = (event: string) => learning(aMessage({ event, payload })).hints[0]?.hint.kind;

  test.each([
    ['ilt.session.ext_calendar.updated', 'session-changed'],
    ['ExternalCalendar.ILT.Session', 'session-changed'],
    ['ext-calendar.ilt.session.event.changed', 'event-changed'],
    ['extcalendar.ilt.event', 'event-changed'],
    ['learning_plan.user.unenrolled', 'learning-plan-left'],
    ['learningplan.enrolment.deleted', 'learning-plan-left'],
    ['course.updated', 'course-changed'],
  ])('%s is taken for %s', (event, kind) => {
    expect(kindOf(event)).toBe(kind);
  });

  test.each(['ilt.session.created', 'extcalendar.session', 'learningplan.enrolment.created', 'learningplan.deleted'])(
    '%s stays unknown',
    (event) => {
      expect(kindOf(event)).toBeUndefined();
    },
  );

  test('are unknown unless the profile asks for it', () => {
    expect(v1(aMessage({ event: 'extcalendar.ilt.event', payload })).unknown).toHaveLength(1);
  });
});

describe('the envelope', () => {
  test('needs neither webhook_id nor original_domain', () => {
    const reading = v1({ event: 'ilt.session.updated', payload: { session_id: 7 } });

    expect(reading.originalDomain).toBeNull();
    expect(reading.hints).toHaveLength(1);
  });

  test('tells a foreign domain', () => {
    expect(v1(aMessage({ original_domain: 'other.docebosaas.com' })).originalDomain).toBe('other.docebosaas.com');
    expect(v1(aMessage({ original_domain: 7 })).originalDomain).toBeNull();
  });

  test('a group of one comes either way', () => {
    expect(v1(grouped('ilt.session.updated', [{ session_id: 7 }])).hints).toHaveLength(1);
  });

  test('nothing is lost of a message with both keys', () => {
    const both = { ...grouped('ilt.session.updated', [{ session_id: 7 }]), payload: { session_id: 8 } };

    expect(v1(both).hints.map((h) => h.target)).toEqual([
      { kind: 'session', sessionId: '7' },
      { kind: 'session', sessionId: '8' },
    ]);
  });

  test.each(PROFILE_NAMES)('is the same for %s', (name) => {
    const read = createReadWebhook(aProfile(undefined, name), { digest });

    expect(read(aMessage()).hints).toHaveLength(1);
  });

  test.each([
    [
      'a list',
      [],
      'INPUT_WEBHOOK_BODY',
      'the body is a list; send a JSON object with "event" and "payload" or "payloads"',
    ],
    ['nothing', undefined, 'INPUT_WEBHOOK_BODY', 'the body is missing'],
    ['a text', 'x', 'INPUT_WEBHOOK_BODY', 'the body is a string'],
    ['no event', { payload: {} }, 'INPUT_WEBHOOK_EVENT', '"event" is missing; it must be the event\'s name'],
    ['a numeric event', aMessage({ event: 7 }), 'INPUT_WEBHOOK_EVENT', '"event" is a number'],
    ['an empty event', aMessage({ event: '' }), 'INPUT_WEBHOOK_EVENT', '"event" is empty'],
    [
      'an endless event',
      aMessage({ event: 'x'.repeat(201) }),
      'INPUT_WEBHOOK_EVENT',
      '"event" has 201 characters; at most 200',
    ],
    [
      'no payload',
      aMessage({ payload: undefined }),
      'INPUT_WEBHOOK_PAYLOAD',
      'neither "payload" nor "payloads" is there',
    ],
    [
      'a payload of null',
      aMessage({ payload: null }),
      'INPUT_WEBHOOK_PAYLOAD',
      'neither "payload" nor "payloads" is there',
    ],
    [
      'a payload that is a list',
      aMessage({ payload: [] }),
      'INPUT_WEBHOOK_PAYLOAD',
      '"payload" is a list; it must be an object',
    ],
    [
      'payloads that are an object',
      { event: 'x', payloads: {} },
      'INPUT_WEBHOOK_PAYLOAD',
      '"payloads" is an object; it must be a list of objects',
    ],
    ['no payloads', grouped('x', []), 'INPUT_WEBHOOK_PAYLOAD', '"payloads" is empty; it must hold 1 to 25 objects'],
    [
      'a payload that is a text',
      grouped('x', [{}, 'y']),
      'INPUT_WEBHOOK_PAYLOAD',
      '"payloads" has a string at position 1; each entry must be an object',
    ],
    [
      '26 payloads',
      grouped(
        'x',
        Array.from({ length: 26 }, () => ({})),
      ),
      'INPUT_WEBHOOK_TOO_MANY',
      'the message holds 26 payloads; Docebo groups at most 25',
    ],
  ])('%s is refused with the reason', (_what, body, code, reason) => {
    const refusal = refusalOf(body);

    expect(refusal.code).toBe(code);
    expect(refusal.message).toContain('This is no Docebo webhook message: ');
    expect(refusal.message).toContain(reason);
  });
});
