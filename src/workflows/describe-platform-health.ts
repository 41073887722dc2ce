import type { PlatformHealthState } from '../contract/messages';

const SHOWN_EVENTS = 20;
const SHOWN_POINTERS = 12;

const REASONS: Readonly<Record<PlatformHealthState['unknownEvents'][number]['shape']['reason'], string>> = {
  'unknown-event': 'not in the profile',
  'missing-id': 'no id where the profile looks',
};

/** Markdown for Temporal's Web UI: what has come from this platform, and what the operator can do about the rest. */
export function describePlatformHealth(state: PlatformHealthState): string {
  const lines = [
    `**Webhooks of Docebo platform ${code(state.platform)}**`,
    '',
    state.lastWebhookAt === null
      ? '- no webhook accepted so far: is it active in Docebo, and does its URL end in this platform?'
      : `- last accepted ${state.lastWebhookAt}; ${state.webhooks} since this record began`,
    '- Docebo switches a webhook off after 60 hours without success; it must then be activated there by hand',
    ...coverageLines(state),
    ...authenticationLines(state),
    ...foreignDomainLines(state),
    ...unknownEventLines(state),
  ];
  return lines.join('\n');
}

function coverageLines({ coverage }: PlatformHealthState): string[] {
  if (coverage === null) return [];
  const { seats, covered, at, oldestGapSince } = coverage;
  const gap = oldestGapSince === null ? '' : `, the oldest gap since ${oldestGapSince}`;
  return [`- ${covered} of ${seats} seats covered as of ${at}${gap}`];
}

function authenticationLines({ authenticationFailures, lastAuthenticationFailureAt }: PlatformHealthState): string[] {
  if (authenticationFailures === 0) return ['- no message had wrong credentials'];
  return [
    `- **${authenticationFailures} messages had wrong credentials**, the last at ${lastAuthenticationFailureAt}.`,
    '  If the password in Docebo was changed, accept the new one here and keep the old one: queued messages still use it',
  ];
}

function foreignDomainLines({ foreignDomains }: PlatformHealthState): string[] {
  if (foreignDomains.length === 0) return [];
  return [
    '',
    "**Messages that name another domain than the platform's** (they are accepted; is a webhook's URL in use by a second Docebo?)",
    '',
    ...foreignDomains.map(({ domain, count, lastAt }) => `- ${code(domain)}: ${count}, last ${lastAt}`),
  ];
}

function unknownEventLines({ unknownEvents }: PlatformHealthState): string[] {
  if (unknownEvents.length === 0) return [];
  const hidden = unknownEvents.length - SHOWN_EVENTS;
  return [
    '',
    '**Messages that led to nothing** (assign their event or field in the tenant profile, or take the event off the webhook)',
    '',
    '| event | why | messages | first | last | fields |',
    '| --- | --- | --- | --- | --- | --- |',
    ...unknownEvents.slice(0, SHOWN_EVENTS).map(({ shape, count, firstAt, lastAt }) => {
      const cells = [code(shape.event), REASONS[shape.reason], count, firstAt, lastAt, fields(shape.pointers)];
      return `| ${cells.join(' | ')} |`;
    }),
    ...(hidden > 0 ? ['', `and ${hidden} more: query \`health\``] : []),
  ];
}

function fields(pointers: readonly string[]): string {
  const hidden = pointers.length - SHOWN_POINTERS;
  const shown = pointers.slice(0, SHOWN_POINTERS).map(code).join(' ');
  return hidden > 0 ? `${shown} and ${hidden} more` : shown;
}

/** As it came, but unable to leave its place in the page. */
function code(text: string): string {
  return `\`${text.replace(/[`|\r\n]/g, ' ')}\``;
}
