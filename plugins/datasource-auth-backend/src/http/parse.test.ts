import { datasourceWriteSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import express from 'express';
import type { ErrorRequestHandler } from 'express';
import request from 'supertest';
import { z } from 'zod';
import { assertTranslatable } from '../__testUtils__/assertTranslatable';
import { flag, jsonBody, parse, parseBody } from './parse';

const bodySchema = z.strictObject({
  name: z.string(),
  list: z.array(z.number()).optional(),
});

const answer: ErrorRequestHandler = (error, _req, res, _next) => {
  res.status(error.statusCode ?? 500).json({
    code: error.code,
    message: error.message,
    fields: error.fields,
  });
};

const app = express();
app.use(jsonBody());
app.post('/', (req, res) => {
  res.json(parseBody(bodySchema, req));
});
app.use(answer);

describe('a request body', () => {
  it('is JSON that follows the schema', async () => {
    const response = await request(app).post('/').send({ name: 'x' });
    expect(response.body).toEqual({ name: 'x' });
  });

  it.each([
    ['half a body', '{"name": "hush'],
    ['no JSON', 'hush'],
    ['a bare text', '"hush"'],
  ])('[checklist 46] is rejected without repeating it: %s', async (_, text) => {
    const response = await request(app)
      .post('/')
      .set('content-type', 'application/json')
      .send(text);
    expect(response.status).toBe(400);
    expect(response.body).toEqual({
      code: 'invalid_request',
      message: "The body isn't JSON.",
    });
  });

  it('is rejected if its content encoding is wrong', async () => {
    const response = await request(app)
      .post('/')
      .set('content-type', 'application/json')
      .set('content-encoding', 'gzip')
      .send('{"name": "hush"}');
    expect(response.status).toBe(400);
    expect(response.body).toEqual({
      code: 'invalid_request',
      message: "The body isn't JSON.",
    });
  });

  it('is rejected if it is larger than 256 KiB', async () => {
    const response = await request(app)
      .post('/')
      .send({ name: 'x'.repeat(257 * 1_024) });
    expect(response).toMatchObject({
      status: 413,
      body: { code: 'invalid_request' },
    });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded'])(
    'is rejected as %s, which a form on another site could send',
    async type => {
      const response = await request(app)
        .post('/')
        .set('content-type', type)
        .send('{"name":"x"}');
      expect(response).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining('application/json') },
      });
    },
  );

  it('is rejected if it is missing', async () => {
    expect((await request(app).post('/')).status).toBe(400);
  });

  it('is rejected in an unsupported encoding, without an internal error', async () => {
    const response = await request(app)
      .post('/')
      .set('content-type', 'application/json; charset=x-unknown')
      .send('{"name":"x"}');
    expect(response.status).toBe(400);
  });
});

describe('parse', () => {
  function refusal(schema: z.ZodType, input: unknown) {
    try {
      parse(schema, input);
    } catch (error) {
      return error as any;
    }
    throw new Error('Nothing was refused');
  }

  it('names every invalid field with its path', () => {
    expect(refusal(bodySchema, { list: [1, 'x'] })).toMatchObject({
      code: 'invalid_request',
      statusCode: 400,
      fields: { name: expect.any(String), 'list.1': expect.any(String) },
    });
  });

  it('reports the first error of each field', () => {
    const schema = z.object({
      name: z.string().min(5).regex(/^a/),
    });
    expect(refusal(schema, { name: 'x' }).fields).toEqual({
      name: 'Enter at least 5 characters.',
    });
  });

  it('says every fault as texts, from which the English is made', () => {
    const error = refusal(bodySchema, { list: 'x', extra: 1 });
    expect(error.message).toBe(
      "name: Enter a value. list: Enter a list. Remove unknown fields: 'extra'.",
    );
    expect(() => assertTranslatable({ error })).not.toThrow();
    expect(error.fieldTexts.name).toEqual([{ code: 'fault.missing' }]);
  });

  it.each([
    // The grant decides which other fields there are.
    ['hush-3', 3],
    ['password', 6],
  ])(
    '[checklist 46] repeats no value, with grant type %s',
    (grantType, faults) => {
      const error = refusal(datasourceWriteSchema, {
        name: 'hush-1',
        colour: 'hush-2',
        auth: {
          grantType,
          clientSecret: { value: 'hush-4' },
          password: ['hush-5'],
          token: { params: { password: 'hush-6', x: { value: 'hush-7' } } },
          scopes: ['hush "8"'],
        },
        credential: { action: 'hush-9' },
      });
      expect(Object.keys(error.fields).length).toBeGreaterThanOrEqual(faults);
      expect(JSON.stringify([error.message, error.fields])).not.toMatch(/hush/);
    },
  );

  it('returns the parsed value', () => {
    expect(
      parse(z.object({ limit: z.coerce.number() }), { limit: '5' }),
    ).toEqual({ limit: 5 });
  });
});

describe('a flag', () => {
  it.each([
    ['true', true],
    ['1', true],
    ['', true],
    ['false', false],
    ['0', false],
    ['yes', false],
    [undefined, false],
    [['true', 'false'], false],
    [{ a: 'true' }, false],
  ])('%j is %s', (value, expected) => {
    expect(flag(value)).toBe(expected);
  });
});
