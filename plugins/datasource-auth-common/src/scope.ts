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
    'Enter scopes without spaces, quotes, backslashes, or non-ASCII characters',
  )
  .refine(scope => !scope.includes(','), {
    error: 'Separate scopes with spaces and remove the comma',
  });
