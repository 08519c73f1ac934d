import { load } from 'js-yaml';
import { withoutSchemas } from './withoutSchemas';

const YAML = `# A comment
openapi: 3.0.3
info:
  title: Things
  description: |
    schemas: this is text
    # and so is this

    paths: too
tags:
- name: things
  description: Left out
servers:
  - url: https://api.example
security:
- o: [read]
paths:
  # Another comment
  /things/{id}:
    description: "A text
      get: of several lines"
    parameters:
    - name: id
      in: path
    get:
      summary: >-
        Reads: a thing
        in two lines
      security:
      - o:
        - read
      parameters:
        - name: limit
          schema:
            type: integer
# At the margin
      responses:
        '200':
          description: OK
    "post":
      requestBody: { content: {} }
      x-code-samples:
        - lang: sh
  '/a:b':
    $ref: '#/x-items/a'
  /batch:run:
    delete:
      security: []
definitions:
  Thing: { type: object }
components:
  schemas:
    Thing:
      type: object

      properties:
        security: { type: string }
  'parameters':
    id: { in: path }
  securitySchemes:
    o:
      type: oauth2
      flows:
        password: &flow
          tokenUrl: https://login.example/token
          scopes: { read: '' }
    p: { type: oauth2, flows: { password: *flow } }
x-items:
  a:
    get: { parameters: [] }
`;

const EXPECTED = {
  openapi: '3.0.3',
  info: {
    title: 'Things',
    description: 'schemas: this is text\n# and so is this\n\npaths: too\n',
  },
  servers: [{ url: 'https://api.example' }],
  security: [{ o: ['read'] }],
  paths: {
    '/things/{id}': {
      get: {
        summary: 'Reads: a thing in two lines',
        security: [{ o: ['read'] }],
      },
      post: null,
    },
    '/a:b': { $ref: '#/x-items/a' },
    '/batch:run': { delete: { security: [] } },
  },
  components: {
    securitySchemes: {
      o: {
        type: 'oauth2',
        flows: {
          password: {
            tokenUrl: 'https://login.example/token',
            scopes: { read: '' },
          },
        },
      },
      p: {
        type: 'oauth2',
        flows: {
          password: {
            tokenUrl: 'https://login.example/token',
            scopes: { read: '' },
          },
        },
      },
    },
  },
  'x-items': { a: { get: { parameters: [] } } },
};

describe('withoutSchemas', () => {
  it.each([
    ['\\n', (text: string) => text],
    ['\\r\\n', (text: string) => text.replace(/\n/g, '\r\n')],
  ])('keeps only what is read later (lines end with %s)', (_, write) => {
    const yaml = write(YAML);
    expect(load(withoutSchemas(yaml, 10_000)!)).toEqual(EXPECTED);
  });

  it('keeps the line numbers', () => {
    const lines = withoutSchemas(YAML, 10_000)!.split('\n');
    expect(lines).toHaveLength(YAML.split('\n').length);
    YAML.split('\n').forEach((line, index) => {
      expect([line, '']).toContain(lines[index]);
    });
  });

  it('returns nothing if the rest is too large', () => {
    const { length } = withoutSchemas(YAML, 10_000)!;
    expect(withoutSchemas(YAML, length)).toHaveLength(length);
    expect(withoutSchemas(YAML, length - 1)).toBeUndefined();
  });

  it.each(['', '\n', '- a\n- b', '{}', '[1,\n 2]', 'just text', ': x'])(
    "ignores text that isn't an API description: %j",
    text => {
      expect(withoutSchemas(text, 100)).toBe(text);
    },
  );
});
