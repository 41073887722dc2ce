import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAnswerFields } from '../../../../src/adapters/docebo/propose/api-schema';
import { loadProfile } from '../../../../src/adapters/docebo/profile/profile';
import { proposeProfile } from '../../../../src/adapters/docebo/propose/propose-profile';
import type { ApiDefinition } from '../../../../src/domain/inspection/facts';

const file = join(__dirname, '../../../../profiles/assumed-v1.json');
const profile = loadProfile(JSON.parse(readFileSync(file, 'utf8')), 'assumed-v1');

function definition(fields: readonly string[], path = '/course/v1/courses/{id}'): ApiDefinition {
  return {
    services: [{ service: 'course', paths: 1, problem: null }],
    operations: [{ method: 'GET', path, summary: '', fields }],
  };
}

function at(place: string, api: ApiDefinition) {
  const proposal = proposeProfile(profile, api);
  return { finding: proposal.findings.find((one) => one.at === place), profile: proposal.profile };
}

describe('proposing a profile', () => {
  it('finds an endpoint whatever its variables are called', () => {
    expect(at('/endpoints/course', definition([])).finding).toMatchObject({ verdict: 'found' });
  });

  it('says where else an endpoint may be, and leaves it alone', () => {
    const { finding, profile: proposed } = at('/endpoints/session', definition([], '/course/v1/ilt/sessions/{id}'));

    expect(finding).toMatchObject({ verdict: 'absent', candidates: ['/course/v1/ilt/sessions/{id}'], proposed: null });
    expect(proposed.endpoints.session).toBe(profile.endpoints.session);
  });

  it('cannot tell of services that are not published', () => {
    expect(at('/endpoints/user', definition([])).finding).toMatchObject({ verdict: 'untold' });
  });

  it('puts the one field in that it can be', () => {
    const { finding, profile: proposed } = at('/fields/course/rsvp', definition(['/name', '/calendar_rsvp_enabled']));

    expect(finding).toMatchObject({ verdict: 'absent', proposed: '/calendar_rsvp_enabled' });
    expect(proposed.fields.course.rsvp).toEqual(['/calendar_rsvp_enabled']);
    expect(profile.fields.course.rsvp).toEqual(['/external_calendar_rsvp']);
  });

  it('lets people choose between several', () => {
    const { finding, profile: proposed } = at('/fields/course/rsvp', definition(['/rsvp_a', '/rsvp_b']));

    expect(finding).toMatchObject({ verdict: 'absent', candidates: ['/rsvp_a', '/rsvp_b'], proposed: null });
    expect(proposed.fields.course.rsvp).toEqual(profile.fields.course.rsvp);
  });

  it('is content with a field that is there', () => {
    expect(at('/fields/course/rsvp', definition(['/external_calendar_rsvp'])).finding).toMatchObject({
      verdict: 'found',
    });
  });
});

describe('fields of an answer', () => {
  const definitions = { item: { type: 'object', properties: { id: { type: 'integer' }, 'a/b': { type: 'string' } } } };
  const answer = (data: unknown) => ({ responses: { 200: { schema: { properties: { data } } } } });

  it.each([
    ['one thing', { $ref: '#/definitions/item' }],
    ['a bare list', { type: 'array', items: { $ref: '#/definitions/item' } }],
    ['a page', { properties: { items: { type: 'array', items: { $ref: '#/definitions/item' } } } }],
  ])('are told of %s', (_, data) => {
    expect(readAnswerFields(answer(data), { definitions })).toEqual(['/id', '/a~1b']);
  });

  it('end where a definition goes in circles', () => {
    const loop = { loop: { type: 'object', properties: { next: { $ref: '#/definitions/loop' } } } };

    expect(readAnswerFields(answer({ $ref: '#/definitions/loop' }), { definitions: loop })).toHaveLength(6);
  });
});
