import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** Filters of the session list in Temporal's Web UI. Never encrypted: ids and states only. */
export const SEARCH_ATTRIBUTES = {
  platform: defineSearchAttributeKey('ConvokePlatform', SearchAttributeType.KEYWORD),
  session: defineSearchAttributeKey('DoceboSessionId', SearchAttributeType.KEYWORD),
  course: defineSearchAttributeKey('DoceboCourseId', SearchAttributeType.KEYWORD),
  mailbox: defineSearchAttributeKey('ConvokeMailbox', SearchAttributeType.KEYWORD),
  status: defineSearchAttributeKey('SyncStatus', SearchAttributeType.KEYWORD),
  startsAt: defineSearchAttributeKey('SessionStartsAt', SearchAttributeType.DATETIME),
} as const;

/** Values of SyncStatus. */
export type SyncStatus = 'pending' | 'in_sync' | 'error' | 'held' | 'off' | 'closed';
