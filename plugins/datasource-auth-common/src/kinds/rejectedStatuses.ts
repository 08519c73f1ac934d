import { z } from 'zod';

/** The statuses with which an API says that it doesn't accept a credential. */
export const rejectedStatusesSchema = z
  .array(z.number().int().min(400).max(599))
  .max(10)
  .default([401]);
