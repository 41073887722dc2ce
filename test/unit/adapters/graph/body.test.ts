import { readMarker, spliceInvitation, wrapInvitation } from '../../../../src/adapters/graph/body';
import type { ContractError } from '../../../../src/domain/errors';
import { keys } from './calendar-keys';

const ref = { platform: 'acme', sessionId: '54', eventId: '101' };
const before = wrapInvitation('<p>Old text &amp; more</p>', keys.bodyMarker(ref, 1, 'old'));
const after = wrapInvitation('<p>New text</p>', keys.bodyMarker(ref, 1, 'new'));
const joinUrl = 'https://teams.microsoft.com/l/meetup-join/19%3ameeting/0?context=a&b=c';
const blob = `<br><div class="me-email-text"><a href="${joinUrl.replace('&', '&amp;')}">Join</a><!-- keep  me --></div>\r\n`;

function page(inner: string): string {
  return `<html><head>\r\n<meta http-equiv="Content-Type"></head><body>${inner}</body></html>\r\n`;
}

function anEvent(body: string, online = true) {
  return { graphEventId: 'AAMk1', body, isOnlineMeeting: online, joinUrl: online ? joinUrl : null };
}

function refusal(body: string): ContractError {
  try {
    spliceInvitation(anEvent(body), after, keys);
  } catch (error) {
    return error as ContractError;
  }
  throw new Error('nothing was thrown');
}

describe('our part of an event body', () => {
  it('ends with the marker, so that no preview starts with it', () => {
    expect(before).toMatch(/^<div id="convoke-invitation"><p>Old text/);
    expect(readMarker(before, keys)).toMatchObject({ ref, generation: 1, invitationHash: 'old' });
  });

  it('is read wherever Exchange breaks the line', () => {
    expect(readMarker('<div>[cvk1-acme-54-101-2\r\n&nbsp;hash]</div>', keys)).toMatchObject({ generation: 2 });
  });

  it.each([
    ['as it was sent', before],
    ['with ids renamed', before.replace('id="', 'id="x_x_')],
    ['with ids gone', before.replace(' id="convoke-invitation"', '')],
    [
      'with the marker in a paragraph of its own',
      before.replace(/<div style[^>]*>/, '<p>').replace('</div></div>', '</p></div>'),
    ],
    ['with the wrapper dissolved', before.replace('<div id="convoke-invitation">', '').replace(/<\/div>$/, '')],
  ])('is replaced %s, and what Teams added stays byte for byte', (_how, ours) => {
    expect(spliceInvitation(anEvent(page(ours + blob)), after, keys)).toBe(page(after + blob));
  });

  it('leaves a remark above it alone', () => {
    const remark = '<p>Bring boots!</p>';

    expect(spliceInvitation(anEvent(page(remark + before + blob)), after, keys)).toBe(page(remark + after + blob));
  });

  it('replaces the whole body when it is gone and there is no online meeting', () => {
    expect(spliceInvitation(anEvent(page('<p>typed over</p>'), false), after, keys)).toBe(after);
  });

  it.each([
    ['the marker is gone', page(`<p>typed over</p>${blob}`)],
    ['the join link stands inside it', page(before.replace('<p>Old', `${blob}<p>Old`))],
    ['its wrapper is not closed', page(before.replace(/<\/div>$/, '') + blob)],
  ])('says what to do, and touches nothing, when %s beside an online meeting', (_why, body) => {
    const error = refusal(body);

    expect(error.code).toBe('GRAPH_BODY_MARKER');
    expect(error.message).toMatch(/body of event AAMk1, so the body stays as it is.*cancel the event there/);
  });
});
