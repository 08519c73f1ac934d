import { z } from 'zod';
import { TOKEN_MEMBERS } from './tokenMembers';
import { keepHostsSchema } from './keepHostsSchema';
import { UNSAFE_KEYS } from './settingValues';
import { addFault, fault, FAULTS } from './faults';

/** A dotted path into a JSON response: `data.access_token`, `tokens.0.value`. */
const pathSchema = z
  .string()
  .min(1)
  .max(200)
  .refine(path => !path.split('.').some(part => UNSAFE_KEYS.includes(part)), {
    error: FAULTS.responsePathReserved,
  });

/**
 * The whole response as the access token, in place of a path.
 *
 * @public
 */
export const WHOLE_RESPONSE = '$';

const fieldSchema = pathSchema.refine(path => path !== WHOLE_RESPONSE, {
  error: FAULTS.responseField,
});

const spelling = (name: string) => name.toLowerCase().replace(/[_-]/g, '');

const TOKEN_SPELLINGS = TOKEN_MEMBERS.map(spelling);

/** A path to a field that is shown or shared, and so must not be a token: `refresh_token`, `refreshToken`. */
export const openPathSchema = fieldSchema.refine(
  path => !TOKEN_SPELLINGS.includes(spelling(path.split('.').pop() ?? '')),
  { error: FAULTS.credentialShown },
);

/** Where a token response has its fields, and which of them are kept for consumers. */
export const responseSchema = z
  .strictObject({
    accessToken: pathSchema.default('access_token'),
    expiresIn: openPathSchema.default('expires_in'),
    expiresInUnit: z
      .enum(['seconds', 'milliseconds', 'minutes'])
      .default('seconds'),
    expiresAt: openPathSchema.optional(),
    refreshExpiresIn: openPathSchema.optional(),
    refreshToken: fieldSchema.default('refresh_token'),
    tokenType: openPathSchema.optional(),
    tokenTypes: z.array(z.string().min(1).max(50)).max(10).default(['bearer']),
    scope: openPathSchema.optional(),
    error: openPathSchema.optional(),
    success: z
      .strictObject({
        path: openPathSchema,
        equals: z.union([z.string(), z.number(), z.boolean()]),
      })
      .optional(),
    keep: z.array(openPathSchema).max(20).optional(),
    keepHosts: keepHostsSchema.optional(),
  })
  .superRefine((response, ctx) => {
    const { accessToken, refreshToken, success, keep = [], ...open } = response;
    const shown: Array<[(string | number)[], string | undefined]> = [
      [['expiresIn'], open.expiresIn],
      [['expiresAt'], open.expiresAt],
      [['refreshExpiresIn'], open.refreshExpiresIn],
      [['tokenType'], open.tokenType],
      [['scope'], open.scope],
      [['error'], open.error],
      [['success', 'path'], success?.path],
      ...keep.map((path, index): [(string | number)[], string] => [
        ['keep', index],
        path,
      ]),
    ];
    for (const [path, member] of shown) {
      if (member === undefined) continue;
      const holdsToken = [accessToken, refreshToken].some(
        token => token === member || token.startsWith(`${member}.`),
      );
      if (holdsToken) addFault(ctx, fault('fault.credentialShown'), { path });
    }
  });
