import { z } from 'zod';
import { apiHeadersSchema, apiQuerySchema } from '../apiSettings';
import { CONTROL } from '../plainText';
import { secretSchema } from '../settingValues';

/** A secret that is sent in one header line. */
const lineSecret = secretSchema.superRefine((secret, ctx) => {
  if (typeof secret !== 'string') return;
  if (/[^\x20-\x7e]/.test(secret)) {
    ctx.addIssue({
      code: 'custom',
      message: CONTROL.test(secret)
        ? 'Enter it in one line: it has a line break or another control character.'
        : 'Enter it as the API issued it: it has a character that no header can carry.',
    });
  }
});

const basicSchema = z.strictObject({
  username: z
    .string()
    .max(1_000)
    .refine(name => !name.includes(':') && !CONTROL.test(name), {
      error:
        'Remove the colon and line breaks: a username of Basic has none (RFC 7617).',
    }),
  password: secretSchema.refine(
    password => typeof password !== 'string' || !CONTROL.test(password),
    { error: 'Enter the password in one line.' },
  ),
});

/** Credentials that the API itself issued: API keys, Basic, a bearer token, or several of them together. */
export const staticSchema = z
  .strictObject({
    type: z.literal('static'),
    headers: apiHeadersSchema.optional(),
    query: apiQuerySchema.optional(),
    basic: basicSchema.optional(),
    bearer: lineSecret,
    /** Valid until the end of this day, UTC. */
    expiresAt: z.iso.date().optional(),
    rejectedStatuses: z
      .array(z.number().int().min(400).max(599))
      .max(10)
      .default([401]),
  })
  .superRefine((auth, ctx) => {
    const header = Object.keys(auth.headers ?? {}).find(
      name => name.toLowerCase() === 'authorization',
    );
    const used = [
      ...(header ? [['headers', header]] : []),
      ...(auth.basic ? [['basic']] : []),
      ...(auth.bearer ? [['bearer']] : []),
    ];
    for (const path of used.slice(1)) {
      ctx.addIssue({
        code: 'custom',
        path,
        message: `Remove this or '${used[0].join(
          '.',
        )}': both are sent in the header 'Authorization'.`,
      });
    }
  });
