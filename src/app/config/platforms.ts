import { DEFAULT_BUDGET } from '../../adapters/docebo/api/call-budget';
import type { PlatformKey } from '../../domain/model';
import type { CalendarSettings, Pace, PlatformSettings } from '../../domain/settings';
import { toAnswers } from './answers';
import type { ConfigContext } from './config-context';
import type { DoceboConfig, PlatformConfig } from './config-types';
import type { ConnectSettings } from './docebo-connect';
import { toEndpoint } from './endpoints';
import { readProfile } from './read-profile';
import { toRenderSettings, toTemplateFile } from './render-settings';
import { toRouting } from './routing';
import type { PlatformSection } from './settings-file';

/** Attendees that Graph documents for one event. */
const MAX_ATTENDEES = 500;
const ASK_BEFORE_REMOVING = 10;
const CANCEL_COMMENT = 'This event is cancelled in the training calendar.';

const NOT_SWEPT =
  'not swept for what webhooks missed: set doceboConnectIsOff to true once the recipes of Docebo Connect are stopped, or if they never ran.';
const NOT_WRITTEN =
  'answers are read and shown, but not written to Docebo: the tenant profile has rsvpWriteBack.enabled false.';

/** The platforms in which there is no mistake. */
export function toPlatforms(
  context: ConfigContext,
  { connect, pace }: { readonly connect: ConnectSettings; readonly pace: Pace },
): Record<PlatformKey, PlatformConfig> {
  const platforms: Record<PlatformKey, PlatformConfig> = {};
  const hosts = new Map<string, PlatformKey>();
  for (const [key, section] of Object.entries(context.file.platforms)) {
    const docebo = toDocebo(context, key, section);
    const settings = toSettings(context, { key, section, connect, pace });
    const answers = toAnswers(context, key, section.answers);
    if (docebo === null || settings === null) continue;
    const host = new URL(docebo.baseUrl).host;
    const twin = hosts.get(host);
    if (twin !== undefined) {
      context.report(
        ['platforms', key, 'baseUrl'],
        `is the same platform as ${twin}; everybody would be invited twice, so keep one of the two`,
      );
    }
    hosts.set(host, key);
    const writeBack = docebo.profile.rsvpWriteBack.enabled;
    const mayBeSwept = section.doceboConnectIsOff ?? false;
    if (!mayBeSwept) context.notice(`${key}: ${NOT_SWEPT}`);
    if (!writeBack) context.notice(`${key}: ${NOT_WRITTEN}`);
    platforms[key] = {
      settings: { ...settings, answers: { ...answers, writeBack } },
      docebo,
      mayBeSwept,
      templateFile: toTemplateFile(context, section),
    };
  }
  return platforms;
}

function toDocebo(context: ConfigContext, key: PlatformKey, section: PlatformSection): DoceboConfig | null {
  const baseUrl = toEndpoint(context, ['platforms', key, 'baseUrl'], section.baseUrl);
  const profile = readProfile(context, key, section.profile);
  if (baseUrl === null || profile === null) return null;
  return {
    baseUrl,
    profile,
    grant: section.grant ?? 'client_credentials',
    budget: {
      callsPerHour: section.callsPerHour ?? DEFAULT_BUDGET.callsPerHour,
      burst: section.callBurst ?? DEFAULT_BUDGET.burst,
    },
    additionalInputs: Object.entries(section.additionalInputs ?? {}).map(([input, field]) => ({
      input,
      of: field.startsWith('course:') ? 'course' : 'session',
      field: field.slice(field.indexOf(':') + 1),
    })),
    originalDomain: section.originalDomain?.toLowerCase() ?? null,
  };
}

function toSettings(
  context: ConfigContext,
  {
    key,
    section,
    connect,
    pace,
  }: {
    readonly key: PlatformKey;
    readonly section: PlatformSection;
    readonly connect: ConnectSettings;
    readonly pace: Pace;
  },
): Omit<PlatformSettings, 'answers'> | null {
  const addInstructors = toAddInstructors(context, { key, section, connect });
  const routing = toRouting(context, key, section);
  const render = toRenderSettings(context, key, section);
  if (routing === null || render === null) return null;
  return {
    platform: key,
    plan: {
      rsvp: section.rsvp ?? 'on',
      courseOff: section.courseOff ?? 'nextUpdate',
      addInstructors,
      maxAttendees: MAX_ATTENDEES,
      askBeforeRemoving: section.askBeforeRemoving ?? ASK_BEFORE_REMOVING,
    },
    routing,
    render,
    calendar: toCalendar(section),
    pace,
  };
}

function toCalendar({ calendar = {} }: PlatformSection): CalendarSettings {
  return {
    forwarded: calendar.forwarded ?? 'keep',
    teamsMeeting: calendar.teamsMeeting ?? 'never',
    cancelComment: calendar.cancelComment ?? CANCEL_COMMENT,
    adoptStamp: calendar.adoptStamp ?? false,
  };
}

function toAddInstructors(
  context: ConfigContext,
  {
    key,
    section: { addInstructors },
    connect,
  }: { readonly key: PlatformKey; readonly section: PlatformSection; readonly connect: ConnectSettings },
): boolean {
  const row = connect.addInstructors;
  if (row !== null && addInstructors !== undefined && row.value !== addInstructors) {
    context.report(
      ['platforms', key, 'addInstructors'],
      `is ${addInstructors}, but ${row.place} is ${row.value}; make them the same or take one out`,
    );
  }
  return addInstructors ?? row?.value ?? true;
}
