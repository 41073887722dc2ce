import { parse as parseCsv } from 'csv-parse/sync';
import { didYouMean } from '../../domain/closest-name';
import { readReferredFile, reasonOf } from './config-context';
import type { ConfigContext } from './config-context';

/** The table integration-settings of Docebo Connect's guide, its MSOUTLOOK rows. */
export interface ConnectSettings {
  /** "CALENDAR NAME". */
  readonly calendarName: ConnectValue<string> | null;
  /** "DELETE WEBHOOK STORED BY MORE THAN X SECONDS", in milliseconds. */
  readonly webhookMemoryMs: ConnectValue<number> | null;
  /** "ADD_INSTRUCTOR_FLAG". */
  readonly addInstructors: ConnectValue<boolean> | null;
  /** "NOTIFICATION_MAIL_ID". */
  readonly notificationMail: ConnectValue<string> | null;
}

export interface ConnectValue<T> {
  readonly value: T;
  /** Where it stands, for messages: `settings.csv line 3, ADD_INSTRUCTOR_FLAG`. */
  readonly place: string;
}

const KEYS = [
  'CALENDAR NAME',
  'DELETE WEBHOOK STORED BY MORE THAN X SECONDS',
  'ADD_INSTRUCTOR_FLAG',
  'NOTIFICATION_MAIL_ID',
] as const;
type Key = (typeof KEYS)[number];
type Rows = Partial<Record<Key, ConnectValue<string>>>;

export function toConnectSettings(context: ConfigContext): ConnectSettings {
  const rows = readRows(context);
  return {
    calendarName: rows['CALENDAR NAME'] ?? null,
    webhookMemoryMs: convert(context, rows['DELETE WEBHOOK STORED BY MORE THAN X SECONDS'], {
      to: (text) => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) * 1_000 : null),
      wanted: 'a whole number of seconds such as 3600',
    }),
    addInstructors: convert(context, rows.ADD_INSTRUCTOR_FLAG, {
      to: (text) => ({ true: true, false: false })[text.toLowerCase()] ?? null,
      wanted: 'true or false',
    }),
    notificationMail: convert(context, rows.NOTIFICATION_MAIL_ID, {
      to: (text) => (/^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(text) ? text : null),
      wanted: 'one mail address; a distribution list has one as well',
      secret: true,
    }),
  };
}

function convert<T>(
  context: ConfigContext,
  row: ConnectValue<string> | undefined,
  type: { readonly to: (text: string) => T | null; readonly wanted: string; readonly secret?: boolean },
): ConnectValue<T> | null {
  if (row === undefined) return null;
  const value = type.to(row.value);
  if (value !== null) return { value, place: row.place };
  context.reportOther(
    `${row.place}: is ${type.secret === true ? 'something else' : `"${row.value}"`}; write ${type.wanted}`,
  );
  return null;
}

function readRows(context: ConfigContext): Rows {
  const { lookupTable, ...own } = context.file.doceboConnect ?? {};
  const rows = Object.entries(own).map(([key, value]) => ({
    key,
    value: String(value),
    place: context.place(['doceboConnect', key]),
  }));
  if (lookupTable === undefined) return collect(context, rows);
  if (rows.length > 0) {
    context.report(['doceboConnect'], 'has both lookupTable and rows of its own; keep one of the two');
  }
  const csv = readReferredFile(context, { path: lookupTable, base: 'settings', at: ['doceboConnect', 'lookupTable'] });
  return csv === null ? {} : collect(context, readLookupTable(context, csv, lookupTable));
}

interface Row {
  readonly key: string;
  readonly value: string;
  readonly place: string;
}

function collect(context: ConfigContext, rows: readonly Row[]): Rows {
  const known: Rows = {};
  for (const { key, value, place } of rows) {
    const name = KEYS.find((k) => k === key.trim());
    const text = value.trim();
    const earlier = name === undefined ? undefined : known[name];
    if (name === undefined) {
      const hint = didYouMean(key, KEYS) || `; known are ${KEYS.join(', ')}`;
      context.reportOther(`${place}: there is no such setting of Docebo Connect for Outlook${hint}`);
    } else if (text === '') {
      context.reportOther(`${place}: is empty; fill it in or take the row out`);
    } else if (earlier !== undefined && earlier.value !== text) {
      context.reportOther(`${place}: differs from ${earlier.place}; keep one of the two`);
    } else {
      known[name] = { value: text, place };
    }
  }
  return known;
}

/**
 * Columns Integration, Key and Value in any order and case, separated by commas, semicolons or tabs. Other integrations' rows are left
 * alone.
 */
function readLookupTable(context: ConfigContext, csv: string, fileName: string): Row[] {
  const table = parseTable(csv);
  if (typeof table === 'string') {
    context.reportOther(`${fileName}: cannot be read as CSV (${table})`);
    return [];
  }
  const missing = ['integration', 'key', 'value'].filter((name) => !table.header.includes(name));
  if (missing.length > 0) {
    context.reportOther(
      `${fileName}: has no column ${missing.join(' and ')}; export the table integration-settings with its columns Integration, Key and Value`,
    );
    return [];
  }
  const rows = table.records
    .filter(({ record }) => record.integration?.trim().toUpperCase() === 'MSOUTLOOK')
    .map(({ record: { key = '', value = '' }, info }) => ({
      key,
      value,
      place: `${fileName} line ${info.lines}, ${key.trim()}`,
    }));
  if (rows.length === 0)
    context.reportOther(`${fileName}: has no row of MSOUTLOOK; is it the table integration-settings?`);
  return rows;
}

interface Table {
  readonly header: readonly string[];
  readonly records: readonly {
    readonly record: Readonly<Record<string, string | undefined>>;
    readonly info: { readonly lines: number };
  }[];
}

/** The table, or why it is none. */
function parseTable(csv: string): Table | string {
  const firstLine = csv.slice(0, csv.search(/[\r\n]|$/));
  let header: string[] = [];
  try {
    const records: unknown = parseCsv(csv, {
      columns: (names: string[]) => {
        header = names.map((name) => name.trim().toLowerCase());
        return header;
      },
      delimiter: [',', ';', '\t'].find((d) => firstLine.includes(d)) ?? ',',
      info: true,
      skip_empty_lines: true,
      relax_column_count_less: true,
    });
    return { header, records: records as Table['records'] };
  } catch (error) {
    return reasonOf(error);
  }
}
