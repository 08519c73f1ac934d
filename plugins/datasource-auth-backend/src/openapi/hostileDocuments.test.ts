import { largeJson, largeYaml } from './__testUtils__/largeDocuments';
import { readInProcess } from './__testUtils__/readInProcess';
import { proposeOpenApi } from './proposeOpenApi';
import { MAX_BYTES } from './readText';

jest.setTimeout(120_000);

const TEN_MEGABYTES = 10 * 1024 * 1024;

const AUTH = [
  'openapi: 3.0.0',
  'components:',
  '  securitySchemes:',
  '    auth: { type: oauth2, flows: { password: { tokenUrl: https://a.example/t } } }',
  '',
].join('\n');

/**
 * Repeats an ASCII text to a number of bytes (default: ten megabytes) after the start of a document. All documents
 * together would use gigabytes, so each is written when its test runs.
 */
const fill =
  (piece: string, head = '', tail = '', bytes = TEN_MEGABYTES) =>
  () => {
    const times = Math.floor(
      (bytes - head.length - tail.length) / piece.length,
    );
    return Buffer.concat([
      Buffer.from(head),
      Buffer.alloc(times * piece.length, piece),
      Buffer.from(tail),
    ]);
  };

const read = (text: string | Buffer) => {
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(TEN_MEGABYTES);
  return readInProcess(text, { megabytes: 300 });
};

/** Reads a document whose cost is known to be low. */
const propose = (text: string) => proposeOpenApi({ text, check: () => {} });

/**
 * In the times of JSON.parse for ten megabytes. Documents of 64 MB need up to 45, and a cost that grows with the
 * square of the size would be far beyond.
 */
const MOST_COST = 100;

/** Of 512 MB: the reader runs alone, and the other code of a backend needs more than the rest. */
const MOST_MEGABYTES = 448;

/** Of the whole process, including Node.js itself. */
const readLarge = async (text: string | Buffer) => {
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BYTES);
  const reading = await readInProcess(text, { megabytes: 512 });
  expect(reading.megabytes).toBeLessThanOrEqual(MOST_MEGABYTES);
  return reading;
};

describe('reads ten megabytes within 300 MB at a bounded cost', () => {
  it.each([
    ['JSON', largeJson],
    ['YAML', largeYaml],
  ])('of %s as usually written', async (_, write) => {
    const text = write(TEN_MEGABYTES);
    expect(text.length).toBeGreaterThan(TEN_MEGABYTES * 0.9);
    const { schemes, cost, error } = await read(text);
    expect(error).toBeUndefined();
    expect(schemes).toEqual(['large']);
    expect(cost).toBeLessThan(MOST_COST);
  });

  it.each([
    ['JSON lists in lists', fill('['), 'Line 1: nested deeper than'],
    ['JSON objects in objects', fill('{"a":'), 'Line 1: nested deeper than'],
    ['YAML lists in lists', fill('- '), 'Line 1: nested deeper than'],
    ['YAML flow lists in lists', fill('[', 'a: '), 'nested deeper than'],
    [
      'YAML maps in maps',
      () => [...Array(2_000)].map((_, n) => `${' '.repeat(n)}a:\n`).join(''),
      'nested deeper than',
    ],
    [
      'empty JSON objects',
      fill('{},', '[', '{}]'),
      'more than 1500000 objects',
    ],
    ['JSON numbers', fill('1,', '[', '1]'), 'more than 4000000 values'],
    [
      'empty YAML objects',
      fill('{},', 'a: [', ']'),
      'more than 1500000 values',
    ],
    ['short YAML lines', fill('- a\n'), 'more than 1500000 values'],
    ['keys alone', fill('? a\n'), 'values'],
    ['an endless text', fill('x', 'a: "'), 'not valid YAML'],
    ['an endless JSON text', fill('\\n', '{"a":"'), 'not valid YAML'],
    ['quotes', fill('"'), 'not valid YAML'],
    ['colons', fill(': '), 'YAML'],
    ['anchors', fill('&a '), 'not valid YAML'],
    ['line ends', fill('\n'), "This isn't an API description"],
    ['comments', fill('# x\n'), "This isn't an API description"],
    ['documents', fill('---\n'), 'more than 1500000 values'],
  ])('of %s', async (_, write, message) => {
    const { error, cost } = await read(write());
    expect(error).toContain(message);
    expect(error).toMatch(/^DescriptionError/);
    expect(cost).toBeLessThan(MOST_COST);
  });
});

describe('reads 64 MB within 512 MB at a bounded cost', () => {
  let json: string;

  beforeAll(() => {
    json = largeJson(MAX_BYTES - 10, 2);
  });

  it.each([
    ['JSON', () => json, ''],
    // A single character that doesn't fit into a byte doubles the memory of the whole text.
    ['JSON in other scripts', () => json, '\u0416'],
    ['YAML', () => largeYaml(MAX_BYTES - 10), ''],
  ])('of pretty-printed %s', async (_, write, character) => {
    const written = write();
    expect(written.length).toBeGreaterThan(MAX_BYTES * 0.9);
    const text = written.replace('Large', `Large${character}`);
    const { schemes, scopes, cost, error } = await readLarge(text);
    expect(error).toBeUndefined();
    expect(schemes).toEqual(['large']);
    expect(scopes).toEqual(['read']);
    expect(cost).toBeLessThan(MOST_COST);
  });

  const full = (piece: string, head = '', tail = '') =>
    fill(piece, head, tail, MAX_BYTES);

  it.each([
    ['JSON lists in lists', full('['), 'Line 1: nested deeper than'],
    ['empty JSON objects', full('{},', '[', '{}]'), '1500000 objects'],
    ['JSON numbers', full('1,', '[', '1]'), 'more than 4000000 values'],
    [
      'JSON keys',
      () => `{${[...Array(2_000_000)].map((_, n) => `"key${n}":1`)}}`,
      "This isn't an API description",
    ],
    ['JSON white space', full('\n', '{"a":', '1}'), "This isn't an API desc"],
    ['a broken JSON text', full('\n', '{"a":', '}'), 'not valid JSON'],
    ['an endless JSON text', full('\\n', '{"a":"'), 'not valid JSON'],
    ['YAML lists', full('- a\n'), 'Without its schemas, the YAML document'],
    [
      'YAML on one line',
      full('{},', 'a: [', ']'),
      "This isn't an API descripti",
    ],
    ['YAML keys', full('openapi: a\n'), 'Without its schemas'],
    ['YAML lines', full('\n'), 'Without its schemas'],
    ['YAML spaces', full(' '), 'Without its schemas'],
  ])('of %s', async (_, write, message) => {
    const { error, cost } = await readLarge(write());
    expect(error).toContain(message);
    expect(error).toMatch(/^DescriptionError/);
    expect(cost).toBeLessThan(MOST_COST);
  });

  it('rejects one more byte', async () => {
    const text = '#'.repeat(MAX_BYTES + 1);
    await expect(propose(text)).rejects.toMatchObject({
      name: 'DescriptionError',
      message: 'The document is larger than 64 MB',
    });
  });
});

describe('YAML bombs', () => {
  const laughs = (wrap: (aliases: string) => string) =>
    [...Array(9)].reduce<string>(
      (text, _, n) =>
        `${text}b${n + 1}: &b${n + 1} ${wrap(
          Array(10).fill(`*b${n}`).join(', '),
        )}\n`,
      `b0: &b0 ${wrap('lol, lol, lol')}\n`,
    );
  const long = 'x'.repeat(4_000_000);

  it.each([
    ['a billion laughs', laughs(aliases => `[${aliases}]`)],
    [
      'a list of long aliases as a key',
      `a: &a ${long}\nb:\n  ? [${Array(1_000).fill('*a').join(',')}]\n  : 1\n`,
    ],
    [
      'a long list as the key of many maps',
      `a: &a [${long}, y]\nb:\n${'  - ? *a\n    : 1\n'.repeat(1_000)}`,
    ],
    [
      'one large object in many places',
      `a: &a { ${[...Array(50_000)].map((_, n) => `k${n}: 1`)} }\nb: [${Array(
        100_000,
      ).fill('*a')}]\n`,
    ],
  ])('have no effect: %s', async (_, text) => {
    const { error, cost } = await read(AUTH + text);
    expect(error).toMatch(/^DescriptionError: Line \d+: the aliases expand to/);
    expect(cost).toBeLessThan(MOST_COST);
  });

  it('have no effect: merged keys', async () => {
    const keys = [...Array(9_000)].map((_, n) => `k${n}: 1`);
    const { error, cost } = await read(
      `${AUTH}a: &a { ${keys} }\n${[...Array(1_000)]
        .map((_, n) => `b${n}: { <<: *a }\n`)
        .join('')}`,
    );
    expect(error).toContain('not valid YAML (merge keys exceeded');
    expect(cost).toBeLessThan(MOST_COST);
  });

  it.each([
    ['a list in itself', 'paths: &a { /a: { get: &b [*a, *b] } }\n'],
    ['security in itself', 'security: &a [{ auth: *a }]\n'],
    ['paths in themselves', 'paths: &a { /a: *a, get: { security: *a } }\n'],
  ])('have no effect: %s', async (_, text) => {
    const { schemes, error } = await read(AUTH + text);
    expect(error).toBeUndefined();
    expect(schemes).toEqual(['auth']);
  });

  it('are distinguished from ordinary aliases and merge keys', async () => {
    const { schemes, error } = await read(
      [
        'openapi: 3.0.0',
        'x-flow: &flow { tokenUrl: https://a.example/t, scopes: {} }',
        'components:',
        '  securitySchemes:',
        '    one: { type: oauth2, flows: { password: *flow } }',
        '    two: { type: oauth2, flows: { password: { <<: *flow } } }',
        'paths:',
        ...[...Array(5_000)].map(
          (_, n) => `  /p${n}: { get: { x: *flow, security: [] } }`,
        ),
      ].join('\n'),
    );
    expect(error).toBeUndefined();
    expect(schemes).toEqual(['one', 'two']);
  });
});

describe('prototype keys', () => {
  const KEYS = ['__proto__', 'constructor', 'prototype', 'toString'];

  it.each(KEYS)('are keys like any other: %s', async key => {
    const scheme = {
      type: 'oauth2',
      flows: { password: { scopes: { [key]: '' } } },
    };
    const text = JSON.stringify({
      openapi: '3.0.0',
      components: { securitySchemes: { KEY: scheme } },
      KEY: { polluted: true },
      paths: { '/a': { get: { security: [{ KEY: ['KEY'] }] } } },
    }).replaceAll('KEY', key);
    for (const document of [text, `# YAML\n${text}`]) {
      const { schemes } = await propose(document);
      expect(schemes.map(({ name }) => name)).toEqual([key]);
      expect({}).not.toHaveProperty('polluted');
    }
  });

  it('add nothing to a document that only inherits them', async () => {
    const text =
      '{"__proto__":{"openapi":"3.0.0","components":{"securitySchemes":{"a":{"type":"oauth2"}}}}}';
    await expect(propose(text)).rejects.toThrow(
      "This isn't an API description",
    );
  });
});
