import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

export interface Operation {
  readonly method: 'GET' | 'POST';
  /** With `{name}` for parameters. */
  readonly path: string;
  readonly operationId: string;
  readonly security: readonly string[];
  readonly parameters: readonly { readonly name: string; readonly in: 'path' | 'query' | 'header' }[];
  readonly responses: Readonly<Record<string, Response>>;
  readonly requestBody?: { readonly required?: boolean };
}

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          Pick<Operation, 'operationId' | 'responses' | 'requestBody'> & {
            readonly parameters?: Operation['parameters'];
            readonly security?: readonly Readonly<Record<string, unknown>>[];
          }
        >
      >
    >
  >;
}

/** The served document, as what answers are held against. */
export class Described {
  readonly operations: readonly Operation[];
  private readonly ajv: Ajv2020;

  private constructor(document: Document) {
    this.ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats(this.ajv);
    this.ajv.addSchema(document, 'api');
    this.operations = Object.entries(document.paths).flatMap(([path, verbs]) =>
      Object.entries(verbs).map(([verb, { parameters = [], security = [], ...rest }]) => ({
        ...{ ...rest, method: verb.toUpperCase() as Operation['method'], path, parameters },
        security: security.flatMap((one) => Object.keys(one)),
      })),
    );
  }

  static async of(app: FastifyInstance): Promise<Described> {
    return new Described((await app.inject('/openapi.json')).json<Document>());
  }

  /** What of an answer is not as the document says; empty when all is. */
  faultsOf(operation: Operation, answer: LightMyRequestResponse): string[] {
    const { statusCode, headers, body } = answer;
    const response = operation.responses[statusCode];
    const at = `${operation.operationId} ${statusCode}`;
    if (response === undefined) return [`${at} is not documented: ${body.slice(0, 200)}`];
    const type = String(headers['content-type'] ?? '').split(';')[0] ?? '';
    const pointer = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');
    if (response.content?.[type] === undefined) {
      return body === '' && response.content?.['application/json'] === undefined
        ? []
        : [`${at} is ${type || 'nothing'}`];
    }
    const place = [
      'paths',
      operation.path,
      operation.method.toLowerCase(),
      'responses',
      statusCode,
      'content',
      type,
      'schema',
    ];
    const $ref = `api#/${place.map((part) => encodeURIComponent(pointer(String(part)))).join('/')}`;
    const validate = this.ajv.compile({ $ref });
    const value: unknown = type === 'application/json' ? JSON.parse(body) : body;
    return validate(value) ? [] : [`${at}: ${this.ajv.errorsText(validate.errors)}`];
  }
}
