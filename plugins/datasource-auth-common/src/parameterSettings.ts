import { z } from 'zod';
import {
  RESERVED_HEADERS,
  RESERVED_PARAMETERS,
  UNDROPPABLE_PARAMETERS,
} from './parameters';
import { CONTROL } from './plainText';
import { keySchema, valueSchema } from './settingValues';
import { addFault, Fault, fault, FAULTS } from './faults';

const RESERVED = new Set(RESERVED_PARAMETERS);

/** Extra parameters except those that Backstage sets; `nonce` only as the template `{{nonce}}`. */
export const paramsSchema = z
  .record(keySchema, valueSchema)
  .superRefine((params, ctx) => {
    for (const [name, value] of Object.entries(params)) {
      const nonceTemplate = name === 'nonce' && value === '{{nonce}}';
      if (RESERVED.has(name.toLowerCase()) && !nonceTemplate) {
        addFault(ctx, fault('fault.parameterReserved', { name }), {
          path: [name],
        });
      }
    }
  });

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;

/** The name of a header. */
export const headerName = z
  .string()
  .min(1)
  .max(100)
  .regex(HEADER_NAME, FAULTS.headerName);

/** Extra headers except those that Backstage sets. */
export const headersSchema = z
  .record(keySchema, valueSchema)
  .superRefine((headers, ctx) => {
    for (const [name, value] of Object.entries(headers)) {
      const text = typeof value === 'string' ? value : value.value ?? '';
      let found: Fault | undefined;
      if (!HEADER_NAME.test(name))
        found = fault('fault.headerNameOf', { name });
      else if (RESERVED_HEADERS.includes(name.toLowerCase()))
        found = fault('fault.headerReserved', { name });
      else if (CONTROL.test(text)) found = fault('fault.headerValue');
      if (found) addFault(ctx, found, { path: [name] });
    }
  });

/** Maps standard names to the provider's names; an empty string omits the parameter. */
export const renameSchema = z
  .record(keySchema, z.string().max(200))
  .superRefine((renames, ctx) => {
    for (const [from, to] of Object.entries(renames)) {
      let found: Fault | undefined;
      // Servers with case-sensitive names of their own (`Code`) get them only here.
      if (
        RESERVED.has(to.toLowerCase()) &&
        to.toLowerCase() !== from.toLowerCase()
      )
        found = fault('fault.parameterStandard', { name: to });
      else if (to === '' && UNDROPPABLE_PARAMETERS.includes(from))
        found = fault('fault.parameterProtects', { name: from });
      if (found) addFault(ctx, found, { path: [from] });
    }
  });
