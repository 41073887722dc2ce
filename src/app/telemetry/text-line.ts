/** A line of the JSON log for people: time of day, level, process, message, and the rest as `key=value`. */
export function toTextLine(json: string): string {
  let line: Record<string, unknown>;
  try {
    line = JSON.parse(json) as Record<string, unknown>;
  } catch {
    return json.trimEnd();
  }
  const { time, level, process, version: _version, msg, err, ...fields } = line;
  const head = `${String(time).slice(11, 23)} ${String(level).toUpperCase().padEnd(5)} ${String(process)}: ${typeof msg === 'string' ? msg : ''}`;
  const rest = Object.entries(fields).map(([key, value]) => ` ${key}=${show(value)}`);
  return `${head}${rest.join('')}${describe(err)}`;
}

function show(value: unknown): string {
  return typeof value === 'string' && !/[\s"=]/.test(value) ? value : JSON.stringify(value);
}

function describe(err: unknown): string {
  if (typeof err !== 'object' || err === null) return '';
  const { code, type, message, stack } = err as Record<string, unknown>;
  const what = [code ?? type, message].filter((part) => typeof part === 'string').join(': ');
  return `\n  ${what}${typeof stack === 'string' ? `\n${stack}` : ''}`;
}
