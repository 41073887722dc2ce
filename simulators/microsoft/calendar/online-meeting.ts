import { randomBytes, randomUUID } from 'node:crypto';
import type { Mailbox, OnlineMeeting, StoredEvent } from '../state/model';
import type { SimulatorState } from '../state/simulator-state';
import { appendToBody } from './body-html';

/** A Teams meeting for a new event; null when the mailbox has no licence: the event is made all the same, without a link. */
export function newOnlineMeeting(state: SimulatorState, mailbox: Mailbox): OnlineMeeting | null {
  if (!mailbox.teamsLicensed) return null;
  const thread = `19%3ameeting_${randomBytes(24).toString('base64url')}%40thread.v2`;
  const context = encodeURIComponent(JSON.stringify({ Tid: mailbox.tenantId, Oid: randomUUID() }));
  return {
    joinUrl: `https://teams.microsoft.com/l/meetup-join/${thread}/0?context=${context}`,
    conferenceId: String(Math.floor(100_000_000 + Math.random() * 899_999_999)),
    availableAt: new Date(state.now().getTime() + state.data.knobs.teamsJoinUrlDelayMs).toISOString(),
    inBody: false,
  };
}

/** Puts the join text into the body once the link is there. True when it did so now. */
export function revealJoinLink(state: SimulatorState, event: StoredEvent): boolean {
  const { online } = event;
  if (online === null || online.inBody || online.availableAt > state.nowIso()) return false;
  online.inBody = true;
  event.bodyHtml = appendToBody(event.bodyHtml, joinText(online));
  return true;
}

/** After a body was replaced: without the join text in it the meeting is no online meeting any more. */
export function loseJoinLinkWithBody(event: StoredEvent): void {
  const { online } = event;
  if (online === null || !online.inBody || event.bodyHtml.includes(online.joinUrl)) return;
  event.online = null;
  event.isOnlineMeeting = false;
}

function joinText(online: OnlineMeeting): string {
  return [
    '<br><div style="width:100%"><span style="white-space:nowrap;color:#5F5F5F;opacity:.36">',
    '________________________________________________________________________________</span></div>',
    '<div class="me-email-text" lang="en-US" style="font-family:\'Segoe UI\',Helvetica,Arial,sans-serif;color:#252424">',
    '<div style="margin-bottom:12px"><span class="me-email-text" style="font-size:24px;font-weight:700">Microsoft Teams</span></div>',
    `<div style="margin-bottom:6px"><a href="${online.joinUrl}" id="meet_invite_block.action.join_link" class="me-email-headline">`,
    'Join the meeting now</a></div>',
    `<div style="font-size:14px">Meeting ID: ${online.conferenceId}</div></div>`,
  ].join('');
}
