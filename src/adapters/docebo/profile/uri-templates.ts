import uriTemplates from 'url-template';

/** Operators of RFC 6570; `+` and `#` would let an id escape from its place in the path. */
const OPERATORS = ['', '/', '?', '&', '.', ';'];

/** The variables of an RFC 6570 template, or what is wrong with it. */
export function readVariables(
  template: string,
): { readonly variables: readonly string[] } | { readonly fault: string } {
  const variables: string[] = [];
  const rest = template.replace(/\{([^{}]*)\}/g, (_all, expression: string) => {
    const [, operator = '', names = ''] = /^([^\w]?)(.*)$/.exec(expression) ?? [];
    variables.push(...(OPERATORS.includes(operator) ? names.split(',') : [expression]));
    return '';
  });
  if (/[{}]/.test(rest)) return { fault: 'its braces do not match' };
  const odd = variables.find((name) => !/^\w+$/.test(name));
  if (odd !== undefined) return { fault: `"{${odd}}" is no plain variable` };
  return { variables };
}

/** @returns the path with its variables filled in and encoded; an undefined one vanishes, so check required ones first. */
export function expandTemplate(template: string, values: Readonly<Record<string, string | undefined>>): string {
  return uriTemplates.parse(template).expand(values);
}
