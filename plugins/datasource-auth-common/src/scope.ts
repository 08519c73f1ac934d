import { z } from 'zod';
import { FAULTS } from './faults';

/**
 * One scope. RFC 6749 section 3.3: scope-token = 1*NQCHAR.
 *
 * @public
 */
export const scopeSchema = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]+$/, FAULTS.scopeCharacters)
  .refine(scope => !scope.includes(','), {
    error: FAULTS.scopeComma,
  });
