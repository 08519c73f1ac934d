import { z } from 'zod';

/** A public API, listed and reached like the others. */
export const noneSchema = z.strictObject({ type: z.literal('none') });
