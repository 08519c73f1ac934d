import { DatasourceErrorCode } from 'backstage-plugin-datasource-auth-common';
import { z } from 'zod';
import { createApiRouter } from './apiRouter';
import { API_OPERATIONS, Operation } from './apiOperations';

const TEXTS = {
  type: 'array',
  items: {
    type: 'object',
    required: ['code'],
    properties: {
      code: { type: 'string', description: 'Path of the text in `MESSAGES`' },
      values: {
        type: 'object',
        description: 'Words, numbers and other texts, by placeholder',
      },
    },
  },
};

const ERROR = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['name', 'message'],
      properties: {
        name: { type: 'string' },
        message: {
          type: 'string',
          description: 'In English; made from `texts` if there are any',
        },
        texts: {
          ...TEXTS,
          description: 'The message as codes and values, for translation',
        },
        code: { type: 'string', description: 'Stable code for programs' },
        link: { type: 'string', description: 'Page where you can fix it' },
        fields: {
          type: 'object',
          additionalProperties: { type: 'string' },
          description: 'Errors of single fields in English, by dotted path',
        },
        fieldTexts: {
          type: 'object',
          additionalProperties: TEXTS,
          description: 'The same errors as codes and values, for translation',
        },
        diagnosis: { type: 'object' },
        retryAt: { type: 'number', description: 'Epoch milliseconds' },
      },
    },
  },
};

/** The OpenAPI 3.1 document of the HTTP API, generated from its schemas. */
export function createOpenApiDocument(baseUrl: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [key, operation] of Object.entries(API_OPERATIONS)) {
    const [method, path] = key.split(' ');
    paths[path] ??= {};
    paths[path][method.toLowerCase()] = describe(path, operation);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'datasource-auth',
      version: '1',
      description: 'Datasources, their credentials, and tokens for plugins.',
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

/** `GET /openapi.json`, for every caller of the API. */
export function createOpenApiRouter(options: { baseUrl: string }) {
  const router = createApiRouter();
  const document = createOpenApiDocument(options.baseUrl);
  router.get('/openapi.json', async (_req, res) => {
    res.json(document);
  });
  return router;
}

function describe(path: string, operation: Operation): object {
  const { summary, who, body, query = [], headers = [] } = operation;
  const { answer, success = 200, errors = {} } = operation;
  const parameter = (name: string, place: string, required: boolean) => ({
    name,
    in: place,
    required,
    schema: { type: 'string' },
  });
  return {
    summary,
    description: `${who}.`,
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
    responses: {
      [success]: { description: answer ?? 'no body' },
      401: { description: 'Missing or invalid Backstage token' },
      ...Object.fromEntries(
        Object.entries(errors).map(([status, codes]) => [
          status,
          errorResponse(codes),
        ]),
      ),
    },
  };
}

function errorResponse(codes: DatasourceErrorCode[]): object {
  return {
    description: 'An error with a stable code',
    content: {
      'application/json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Error' },
            {
              properties: { error: { properties: { code: { enum: codes } } } },
            },
          ],
        },
      },
    },
  };
}
