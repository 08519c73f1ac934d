import { z } from 'zod';

/**
 * One scope. RFC 6749 section 3.3: scope-token = 1*NQCHAR.
 *
 * @public
 */
export const scopeSchema = z
  .string()
  .min(1)
  .max(500)
  .regex(
    /^[\x21\x23-\x5b\x5d-\x7e]+$/,
    'A scope has no spaces, quotes, backslashes or letters outside ASCII',
  )
  .refine(scope => !scope.includes(','), {
    error: 'Separate scopes with spaces; this contains a comma',
  });
