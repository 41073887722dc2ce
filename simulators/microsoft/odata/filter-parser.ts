import { badQuery } from '../graph/graph-error';

export type Literal = string | number | boolean | null | { readonly instant: string };

export type FilterNode =
  | { readonly kind: 'or' | 'and'; readonly left: FilterNode; readonly right: FilterNode }
  | { readonly kind: 'not'; readonly of: FilterNode }
  | { readonly kind: 'compare'; readonly op: CompareOp; readonly path: string; readonly value: Literal }
  | { readonly kind: 'call'; readonly name: CallName; readonly path: string; readonly value: string }
  | { readonly kind: 'any'; readonly path: string; readonly variable: string; readonly of: FilterNode };

export type CompareOp = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
export type CallName = 'contains' | 'startswith' | 'endswith';

interface FilterToken {
  readonly kind: 'word' | 'string' | 'number' | 'instant' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
}

const lexicon =
  /\s*(?:(?<string>'(?:[^']|'')*')|(?<instant>\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))|(?<number>-?\d+(?:\.\d+)?)|(?<word>[A-Za-z_][\w./]*)|(?<symbol>[(),:]))/y;

/**
 * Reads an OData $filter: comparisons, contains/startswith/endswith, any, and, or, not, parentheses.
 * @throws GraphError 400 with the position of what it does not understand.
 */
export function parseFilter(text: string): FilterNode {
  const parser = new FilterParser(text, tokenize(text));
  return parser.whole();
}

function tokenize(text: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    lexicon.lastIndex = at;
    const match = lexicon.exec(text);
    if (match === null)
      throw badQuery(`Syntax error: character '${text[at]}' is not valid at position ${at} in '${text}'.`);
    const [kind, value] = Object.entries(match.groups ?? {}).find(([, v]) => v !== undefined) ?? ['symbol', ''];
    tokens.push({ kind: kind as FilterToken['kind'], text: value ?? '', at });
    at = lexicon.lastIndex;
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
}

class FilterParser {
  private position = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly FilterToken[],
  ) {}

  whole(): FilterNode {
    const node = this.or();
    if (this.peek().kind !== 'end') throw this.unexpected();
    return node;
  }

  private or(): FilterNode {
    let left = this.and();
    while (this.takeWord('or')) left = { kind: 'or', left, right: this.and() };
    return left;
  }

  private and(): FilterNode {
    let left = this.unary();
    while (this.takeWord('and')) left = { kind: 'and', left, right: this.unary() };
    return left;
  }

  private unary(): FilterNode {
    if (this.takeWord('not')) return { kind: 'not', of: this.unary() };
    if (this.takeSymbol('(')) {
      const inner = this.or();
      this.expectSymbol(')');
      return inner;
    }
    return this.predicate();
  }

  private predicate(): FilterNode {
    const name = this.expectWord();
    if (name === 'contains' || name === 'startswith' || name === 'endswith') return this.call(name);
    const anyAt = /^(.+)\/any$/i.exec(name);
    if (anyAt !== null) return this.any(anyAt[1] ?? '');
    const op = this.expectWord();
    if (!isCompareOp(op)) throw this.unexpected(this.position - 1);
    return { kind: 'compare', op, path: name, value: this.literal() };
  }

  private call(name: CallName): FilterNode {
    this.expectSymbol('(');
    const path = this.expectWord();
    this.expectSymbol(',');
    const value = this.literal();
    if (typeof value !== 'string') throw this.unexpected(this.position - 1);
    this.expectSymbol(')');
    return { kind: 'call', name, path, value };
  }

  private any(path: string): FilterNode {
    this.expectSymbol('(');
    const variable = this.expectWord();
    this.expectSymbol(':');
    const of = this.or();
    this.expectSymbol(')');
    return { kind: 'any', path, variable, of };
  }

  private literal(): Literal {
    const token = this.peek();
    this.position++;
    if (token.kind === 'string') return token.text.slice(1, -1).replace(/''/g, "'");
    if (token.kind === 'number') return Number(token.text);
    if (token.kind === 'instant') return { instant: token.text };
    if (token.kind === 'word' && ['true', 'false'].includes(token.text)) return token.text === 'true';
    if (token.kind === 'word' && token.text === 'null') return null;
    throw this.unexpected(this.position - 1);
  }

  private peek(): FilterToken {
    return this.tokens[this.position] ?? { kind: 'end', text: '', at: this.text.length };
  }

  private takeWord(word: string): boolean {
    const hit = this.peek().kind === 'word' && this.peek().text === word;
    if (hit) this.position++;
    return hit;
  }

  private takeSymbol(symbol: string): boolean {
    const hit = this.peek().kind === 'symbol' && this.peek().text === symbol;
    if (hit) this.position++;
    return hit;
  }

  private expectWord(): string {
    const token = this.peek();
    if (token.kind !== 'word') throw this.unexpected();
    this.position++;
    return token.text;
  }

  private expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.unexpected();
  }

  private unexpected(position = this.position) {
    const token = this.tokens[position] ?? this.peek();
    if (token.kind === 'end') return badQuery(`Syntax error at position ${token.at} in '${this.text}'.`);
    return badQuery(`Syntax error: '${token.text}' is not valid at position ${token.at} in '${this.text}'.`);
  }
}

function isCompareOp(text: string): text is CompareOp {
  return ['eq', 'ne', 'gt', 'ge', 'lt', 'le'].includes(text);
}
