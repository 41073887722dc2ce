import { ElementType, parseDocument } from 'htmlparser2';
import { ContractError } from '../../domain/errors';
import type { CalendarEvent } from '../../domain/model';
import type { BodyMarker, CalendarKeys } from './calendar-keys';

/** Exchange may put `x_` before ids, or drop them: the marker's text is what Convoke relies on, the id only narrows the place down. */
const OUR_ID = /^(x_)*convoke-invitation$/i;
const HIDDEN = 'display:none;font-size:1px;line-height:1px;color:#ffffff';

/**
 * Our part of an event's body: the invitation, and at its end (so that no preview starts with it) the marker as hidden text.
 * Text survives Exchange's normalisation; comments do not.
 */
export function wrapInvitation(html: string, marker: string): string {
  return `<div id="convoke-invitation">${html}<div style="${HIDDEN}">${marker}</div></div>`;
}

/** The marker in a body, wherever Exchange broke the line. */
export function readMarker(body: string, keys: Pick<CalendarKeys, 'parseBodyMarker'>): BodyMarker | null {
  return keys.parseBodyMarker(body.replace(/(\s|&nbsp;)+/g, ' '));
}

/**
 * The body with our part replaced and everything else byte for byte as it was: a PATCH that drops what Teams put into the body
 * switches the online meeting off.
 *
 * @throws ContractError `GRAPH_BODY_MARKER` our part is not to be told from the rest, and the event has an online meeting to lose.
 */
export function spliceInvitation(
  event: Pick<CalendarEvent, 'body' | 'graphEventId' | 'isOnlineMeeting' | 'joinUrl'>,
  invitation: string,
  keys: Pick<CalendarKeys, 'parseBodyMarker'>,
): string {
  const place = findInvitation(event.body, keys);
  if (place !== null && !holdsJoinLink(event.body.slice(place.from, place.to), event.joinUrl)) {
    return event.body.slice(0, place.from) + invitation + event.body.slice(place.to);
  }
  if (!event.isOnlineMeeting) return invitation;
  throw new ContractError(
    `The invitation's text cannot be told from the online meeting's in the body of event ${event.graphEventId}, so the body stays as it ` +
      'is. Somebody edited it in Outlook: cancel the event there, and Convoke sends a new one at the next resync of the session.',
    { code: 'GRAPH_BODY_MARKER', context: { graphEventId: event.graphEventId } },
  );
}

interface Place {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

type Node = ReturnType<typeof parseDocument>['children'][number];

/** Our wrapper by its id around the marker; else, with the ids gone, everything in the body down to the end of the marker's branch. */
function findInvitation(body: string, keys: Pick<CalendarKeys, 'parseBodyMarker'>): Place | null {
  const branch = branchToMarker(parseDocument(body, { withStartIndices: true, withEndIndices: true }).children, keys);
  if (branch === null) return null;
  const wrapper = branch.find((node) => 'attribs' in node && OUR_ID.test(node.attribs.id ?? ''));
  if (wrapper !== undefined) return placeOf(body, wrapper, wrapper);
  const top = branch.findIndex((node) => !isFrame(node));
  const last = branch[top];
  const siblings = top === 0 ? [] : childrenOf(branch[top - 1]);
  return last === undefined ? null : placeOf(body, siblings[0] ?? last, last);
}

/** From the outermost element to the text that holds the marker, which is the last one. */
function branchToMarker(nodes: readonly Node[], keys: Pick<CalendarKeys, 'parseBodyMarker'>): Node[] | null {
  for (const node of [...nodes].reverse()) {
    if ('data' in node && node.type === ElementType.Text && readMarker(node.data, keys) !== null) return [node];
    const below = branchToMarker(childrenOf(node), keys);
    if (below !== null) return [node, ...below];
  }
  return null;
}

/** Null when the last element is not closed where it seems to end: then its end is a guess. */
function placeOf(body: string, first: Node, last: Node): Place | null {
  if (first.startIndex === null || last.endIndex === null) return null;
  const to = last.endIndex + 1;
  const closed = !('name' in last) || body.slice(0, to).toLowerCase().endsWith(`</${last.name.toLowerCase()}>`);
  return closed ? { from: first.startIndex, to } : null;
}

function childrenOf(node: Node | undefined): readonly Node[] {
  return node !== undefined && 'children' in node ? node.children : [];
}

function isFrame(node: Node): boolean {
  return 'name' in node && ['html', 'head', 'body'].includes(node.name.toLowerCase());
}

function holdsJoinLink(html: string, joinUrl: string | null): boolean {
  if (joinUrl === null) return false;
  return html.includes(joinUrl) || html.includes(joinUrl.replaceAll('&', '&amp;'));
}
