import { z } from 'zod';
import { FAULTS } from './faults';

/**
 * Format of a datasource name: 1 to 63 lowercase letters, digits, and inner dashes.
 *
 * @public
 */
export const DATASOURCE_NAME_PATTERN = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Format of a plugin ID, as consumers list it.
 *
 * @public
 */
export const PLUGIN_ID_PATTERN = /^[a-z0-9][a-z0-9_-]{0,99}$/i;

/**
 * Names that are routes of the page or the API, so a datasource can't have them.
 *
 * @public
 */
export const RESERVED_DATASOURCE_NAMES: readonly string[] = [
  'new',
  'admin',
  'authorize',
  'authorized',
  'connections',
];

/**
 * Schema of a datasource name. The name is immutable because plugins refer to it.
 *
 * @public
 */
export const datasourceNameSchema = z
  .string({ error: FAULTS.nameMissing })
  .min(1, FAULTS.nameMissing)
  .regex(DATASOURCE_NAME_PATTERN, FAULTS.namePattern)
  .refine(name => !RESERVED_DATASOURCE_NAMES.includes(name), {
    error: FAULTS.nameReserved,
  });

/**
 * Schema of a name that refers to a saved datasource.
 *
 * @public
 */
export const datasourceRefSchema = z
  .string()
  .max(63)
  .regex(DATASOURCE_NAME_PATTERN, FAULTS.datasourceName);
