/** Returns that many bytes of JSON, formatted like real API descriptions and optionally indented. */
export function largeJson(bytes: number, indent?: number): string {
  const write = (value: unknown) => JSON.stringify(value, null, indent);
  return write(
    largeDocument(bytes, value =>
      // With the indentation it has in the document.
      indent ? write({ a: { a: value } }) : write(value),
    ),
  );
}

/** Returns the same as block YAML. */
export function largeYaml(bytes: number): string {
  return asYaml(
    largeDocument(bytes, value => asYaml(value, '      ')),
    '',
  ).slice(1);
}

function largeDocument(bytes: number, write: (value: unknown) => string) {
  const paths: Record<string, unknown> = {};
  const schemas: Record<string, unknown> = {};
  let size = 1_000;
  let sizeOfOne = 0;
  for (let n = 0; size < bytes; n += 1) {
    const path = pathItem(n);
    const schema = thing(n);
    // Things are larger by their number of digits only.
    if (/^1?0*$/.test(`${n}`)) {
      sizeOfOne = write(path).length + write(schema).length + 40;
    }
    size += sizeOfOne;
    paths[`/things/${n}`] = path;
    schemas[`Thing${n}`] = schema;
  }
  const [lastPath, lastSchema] = [paths, schemas].map(
    map => Object.keys(map).pop()!,
  );
  delete paths[lastPath];
  delete schemas[lastSchema];
  return {
    openapi: '3.0.3',
    info: { title: 'Large', version: '1.0' },
    servers: [{ url: 'https://api.example.com/v1' }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        large: {
          type: 'oauth2',
          flows: {
            clientCredentials: {
              tokenUrl: 'https://login.example.com/token',
              scopes: { read: 'Read things' },
            },
          },
        },
      },
    },
  };
}

function pathItem(n: number) {
  return {
    get: {
      operationId: `readThing${n}`,
      summary: `Reads the thing with the number ${n}`,
      description:
        'What an operation does in two or three sentences, as people write them who want to be understood by others.',
      tags: ['things', 'reading'],
      security: [{ large: ['read'] }],
      parameters: [
        { name: 'id', in: 'query', required: true, schema: { type: 'string' } },
        { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 9 } },
      ],
      responses: {
        '200': { description: 'OK', content: answer(n) },
        '404': { description: 'There is no such thing' },
      },
    },
  };
}

function answer(n: number) {
  return {
    'application/json': { schema: { $ref: `#/components/schemas/Thing${n}` } },
  };
}

function thing(n: number) {
  return {
    type: 'object',
    required: ['id', 'name'],
    properties: {
      id: { type: 'string', format: 'uuid', description: 'Of this thing' },
      name: { type: 'string', maxLength: 100, example: `Thing ${n}` },
      count: { type: 'integer', example: n },
    },
  };
}

function asYaml(value: unknown, indent = ''): string {
  if (Array.isArray(value)) {
    return value
      .map(item => {
        const text = asYaml(item, `${indent}  `);
        return `\n${indent}- ${text.trimStart()}`;
      })
      .join('');
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, member]) => {
        const text = asYaml(member, `${indent}  `);
        const gap = text.startsWith('\n') ? '' : ' ';
        return `\n${indent}${
          /^[\w/]+$/.test(key) ? key : `'${key}'`
        }:${gap}${text}`;
      })
      .join('');
  }
  return typeof value === 'string' && !/^[\w/]+( [\w/]+)*$/.test(value)
    ? JSON.stringify(value)
    : String(value);
}
