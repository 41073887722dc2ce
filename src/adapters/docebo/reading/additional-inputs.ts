import { READ, type ReadProblems } from './read-problems';
import { isObject, toText } from '../api/wire';

/** One more template input, taken from an additional field of Docebo's. */
export interface AdditionalInput {
  /** Name of the input in templates. */
  readonly input: string;
  readonly of: 'course' | 'session';
  /** The field's id or its name. */
  readonly field: string;
}

/**
 * Values of the configured inputs from `additional_fields: [{id, name, value}]`; '' for a field that is not there or empty. A value that is
 * no text (nor a list of texts) is reported and left empty.
 */
export function toAdditionalInputs(
  inputs: readonly AdditionalInput[],
  from: { readonly course: unknown; readonly session: unknown },
  report: { readonly problems: ReadProblems; readonly sessionId: string },
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { input, of, field } of inputs) {
    const text = toFieldText(findValue(from[of], field));
    if (text === null) {
      report.problems.add({
        code: READ.inputUnreadable,
        subject: of,
        id: of === 'session' ? report.sessionId : null,
        detail: `The additional field for the input "${input}" holds no text.`,
      });
    }
    values[input] = text ?? '';
  }
  return values;
}

function findValue(fields: unknown, wanted: string): unknown {
  const list = Array.isArray(fields) ? fields.filter(isObject) : [];
  const found =
    list.find((field) => toText(field['id']) === wanted) ?? list.find((field) => toText(field['name']) === wanted);
  return found?.['value'];
}

function toFieldText(value: unknown): string | null {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.every((v) => typeof v !== 'object') ? value.map(toText).join(', ') : null;
  return typeof value === 'object' ? null : toText(value);
}
