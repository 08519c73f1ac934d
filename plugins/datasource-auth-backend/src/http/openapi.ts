import {
  authorizationCreateSchema,
  completionSchema,
  datasourceWriteSchema,
  issuerImportSchema,
  openApiImportSchema,
  tokenRequestSchema,
} from 'backstage-plugin-datasource-auth-common';
import Router from 'express-promise-router';
import { z } from 'zod';

interface Operation {
  summary: string;
  body?: z.ZodType;
  query?: string[];
  headers?: string[];
  /** Status codes of success; 200 unless told. */
  success?: number;
  errors?: number[];
}

const ERROR = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['name', 'message'],
      properties: {
        name: { type: 'string' },
        message: { type: 'string' },
        code: { type: 'string', description: 'Stable; for programs' },
        link: { type: 'string', description: 'Page where it is put right' },
        fields: {
          type: 'object',
          additionalProperties: { type: 'string' },
          description: 'Faults of single fields, by dotted path',
        },
        diagnosis: { type: 'object' },
        retryAt: { type: 'number', description: 'Epoch milliseconds' },
      },
    },
  },
};

/** What the HTTP API offers. The bodies are the very schemas that requests are parsed with. */
const OPERATIONS: Record<string, Operation> = {
  'GET /datasources': {
    summary: 'List datasources; a plugin sees those it may consume',
    query: [
      'search',
      'status',
      'grantType',
      'owner',
      'consumer',
      'attention',
      'limit',
      'cursor',
    ],
    errors: [400],
  },
  'POST /datasources': {
    summary: 'Create a datasource, with the credential that is to be effective',
    body: datasourceWriteSchema,
    success: 201,
    errors: [400, 403, 409],
  },
  'GET /datasources/{name}': { summary: 'Read one', errors: [404] },
  'PUT /datasources/{name}': {
    summary: 'Replace settings and, in the same transaction, the credential',
    body: datasourceWriteSchema,
    headers: ['If-Match'],
    errors: [400, 403, 404, 409, 412, 428],
  },
  'DELETE /datasources/{name}': {
    summary: 'Delete; refused while in use unless forced',
    query: ['force', 'revoke'],
    success: 204,
    errors: [403, 404, 409],
  },
  'DELETE /datasources/{name}/credential': {
    summary: 'Clear the credential now',
    query: ['revoke'],
    errors: [403, 404],
  },
  'POST /datasources/{name}/token': {
    summary: 'Take a token; for backend plugins on the list',
    body: tokenRequestSchema,
    errors: [403, 404, 409, 503],
  },
  'POST /datasources/{name}/test': {
    summary: 'Call the test path with a token',
    errors: [403, 404, 409, 503],
  },
  'POST /datasources/{name}/rehearsal': {
    summary: 'Renew now, for real, and say what came of it',
    errors: [403, 404],
  },
  'GET /datasources/{name}/activity': {
    summary: 'What happened, newest first',
    query: ['limit', 'before', 'kind', 'actor'],
    errors: [403, 404],
  },
  'GET /datasources/{name}/consumers': {
    summary: 'Who used it when',
    errors: [403, 404],
  },
  'GET /datasources/{name}/impact': {
    summary: 'Whom a change touches: who took tokens in the last 24 hours',
    errors: [404],
  },
  'GET /datasources/{name}/export': {
    summary: 'Settings as YAML for app-config, without secrets',
    errors: [404],
  },
  ...Object.fromEntries(
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map(method => [
      `${method} /gateway/{name}/{path}`,
      {
        summary:
          'Call the API with the token attached, on the routes that the datasource opens. An answer with the header x-datasource-auth-answer is the API’s own, whatever its status.',
        errors: [400, 403, 404, 409, 413, 502, 503, 504],
      },
    ]),
  ),
  'POST /authorizations': {
    summary: 'Begin to obtain a credential',
    body: authorizationCreateSchema,
    success: 201,
    errors: [400, 403, 404, 409],
  },
  'GET /authorizations/{id}': { summary: 'Follow an attempt', errors: [404] },
  'DELETE /authorizations/{id}': {
    summary: 'Drop an attempt and what was staged with it',
    success: 204,
    errors: [404],
  },
  'POST /authorizations/{id}/completion': {
    summary: 'Finish an attempt, as the one who began it',
    body: completionSchema,
    errors: [400, 403, 409],
  },
  'POST /authorizations/{id}/test': {
    summary: 'Test what is staged',
    errors: [404],
  },
  'POST /imports/issuer': {
    summary: 'Propose settings out of the metadata of an issuer',
    body: issuerImportSchema,
    errors: [400, 403],
  },
  'POST /imports/openapi': {
    summary: 'Propose settings out of an API description',
    body: openApiImportSchema,
    errors: [400, 403, 413],
  },
  'GET /providers': { summary: 'Presets of known providers' },
  'GET /health': { summary: 'Facts of this installation, and setup checks' },
};

/** The OpenAPI 3.1 document of the HTTP API, generated from its schemas. */
export function createOpenApiDocument(baseUrl: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [key, operation] of Object.entries(OPERATIONS)) {
    const [method, path] = key.split(' ');
    paths[path] ??= {};
    paths[path][method.toLowerCase()] = describe(path, operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'datasource-auth',
      version: '1',
      description:
        'Datasources, the credentials they are authorized with, and the tokens that plugins take.',
    },
    servers: [{ url: baseUrl }],
    security: [{ backstage: [] }],
    paths,
    components: {
      securitySchemes: {
        backstage: {
          type: 'http',
          scheme: 'bearer',
          description: 'A Backstage user, plugin or external access token',
        },
      },
      schemas: { Error: ERROR },
    },
  };
}

/** `GET /openapi.json`: open to whoever may call the API. */
export function createOpenApiRouter(options: { baseUrl: string }) {
  const router = Router();
  const document = createOpenApiDocument(options.baseUrl);
  router.get('/openapi.json', async (_req, res) => {
    res.json(document);
  });
  return router;
}

function describe(path: string, operation: Operation): object {
  const { summary, body, query = [], headers = [], errors = [] } = operation;
  const parameter = (name: string, place: string, required: boolean) => ({
    name,
    in: place,
    required,
    schema: { type: 'string' },
  });
  const answers = [operation.success ?? 200, 401, ...errors];
  return {
    summary,
    parameters: [
      ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) =>
        parameter(name, 'path', true),
      ),
      ...query.map(name => parameter(name, 'query', false)),
      ...headers.map(name => parameter(name, 'header', true)),
    ],
    ...(body && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: z.toJSONSchema(body, {
              io: 'input',
              unrepresentable: 'any',
            }),
          },
        },
      },
    }),
    responses: Object.fromEntries(
      answers.map(status => [
        String(status),
        status < 400
          ? { description: status === 204 ? 'Done' : 'The result' }
          : {
              description: 'An error with a stable code',
              content: {
                'application/json': {
                  schema: { $ref: '#/components/schemas/Error' },
                },
              },
            },
      ]),
    ),
  };
}
