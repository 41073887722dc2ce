import { createHash } from 'node:crypto';
import { fc } from '../../../support/properties';
import { parseSessionWorkflowId, sessionWorkflowId, targetWorkflowId } from '../../../../src/contract/ids';
import { createReadWebhook } from '../../../../src/adapters/docebo/webhook/webhook';
import { expandTemplate } from '../../../../src/adapters/docebo/profile/uri-templates';
import { toId } from '../../../../src/adapters/docebo/api/wire';
import { AppError } from '../../../../src/domain/errors';
import { aProfile, PROFILE_NAMES } from './a-profile';

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);
const id = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.integer(),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('..', '.', '0', ' 7 ', 'a/b', '%2e%2e', '9'.repeat(1_001), 2 ** 53),
);
const payload = fc.dictionary(
  fc.constantFrom('session_id', 'course_id', 'id_session', 'event_id', 'user_id', 'learning_plan_id', 'type', 'x'),
  id,
);

describe.each(PROFILE_NAMES)('the webhook reader with profile %s', (name) => {
  const profile = aProfile(undefined, name);
  const read = createReadWebhook(profile, { digest });
  const { sessionChanged, eventChanged, courseChanged, learningPlanUnenrolled } = profile.events;
  const event = fc.constantFrom(...sessionChanged, ...eventChanged, ...courseChanged, ...learningPlanUnenrolled);

  it('takes any JSON, or says why not', () => {
    const message = fc.record(
      { event: fc.oneof(event, fc.jsonValue()), payload: fc.oneof(payload, fc.jsonValue()), payloads: fc.jsonValue() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(message, fc.jsonValue({ maxDepth: 6 })), (body) => {
        try {
          read(body);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect((error as AppError).kind).toBe('input');
        }
      }),
      { numRuns: 400 },
    );
  });

  it('makes no hint of an id that is no part of a path or of a workflow id', () => {
    let hinted = 0;
    fc.assert(
      fc.property(event, fc.array(payload, { minLength: 1, maxLength: 25 }), (of, payloads) => {
        for (const { target } of read({ event: of, payloads }).hints) {
          hinted++;
          const workflowId = targetWorkflowId('acme', target);
          expect(workflowId).toMatch(/^(session|course|learning-plan)\/acme\/[\w:-][\w.:-]*$/);
          expect(workflowId.length).toBeLessThan(1_000);
        }
      }),
      { numRuns: 400 },
    );
    expect(hinted).toBeGreaterThan(100);
  });

  it('tells the same of a message that is delivered again', () => {
    fc.assert(
      fc.property(event, fc.array(payload, { minLength: 1, maxLength: 25 }), (of, payloads) => {
        const body = { event: of, payloads };
        const first = read(body);
        expect(read(JSON.parse(JSON.stringify(body)) as unknown)).toEqual(first);
        expect(new Set(first.hints.map(({ hint }) => hint.key)).size).toBe(first.hints.length);
      }),
    );
  });
});

it('an id stays what it is, and in its place: read twice, in a workflow id and back, in a path', () => {
  fc.assert(
    fc.property(id, (value) => {
      const read = toId(value);
      if (read === null) return;
      expect(toId(read)).toBe(read);
      const ref = { platform: 'acme', sessionId: read };
      expect(parseSessionWorkflowId(sessionWorkflowId(ref))).toEqual(ref);
      const path = expandTemplate('/learn/v1/sessions/{id}/events{?page}', { id: read, page: '1' });
      const url = new URL(path, 'https://acme.example');
      expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'learn', 'v1', 'sessions', read, 'events']);
    }),
    { numRuns: 1_000 },
  );
});

it('whatever text a variable of a path has, it reaches no further than its own part, unless it is dots alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      fc.pre(!/\p{Surrogate}/u.test(text) && !/^\.{0,2}$/.test(text));
      const url = new URL(expandTemplate('/a/{x}/b{?y}', { x: text, y: text }), 'https://acme.example');
      expect(url.pathname.split('/').map(decodeURIComponent)).toEqual(['', 'a', text, 'b']);
      expect([...url.searchParams.keys()]).toEqual(['y']);
    }),
  );
});
