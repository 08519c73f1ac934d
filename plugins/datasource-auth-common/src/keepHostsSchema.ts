import { z } from 'zod';
import { keySchema } from './settingValues';
import { FAULTS } from './faults';

const LABEL = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
/** `host` or `host:port`. */
export const HOST = new RegExp(`^${LABEL}(?:\\.${LABEL})*(?::\\d{1,5})?$`);
const SUBDOMAINS = new RegExp(`^\\*\\.${LABEL}(?:\\.${LABEL})+$`);

/** The hosts that a kept value may choose, by its name. */
export const keepHostsSchema = z.record(
  keySchema,
  z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .max(260)
        .refine(host => HOST.test(host) || SUBDOMAINS.test(host), {
          error: FAULTS.hostOrDomain,
        }),
    )
    .min(1, FAULTS.hostMissing)
    .max(50),
);
