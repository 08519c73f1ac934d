import { z } from 'zod';
import {
  RESERVED_HEADERS,
  RESERVED_PARAMETERS,
  UNDROPPABLE_PARAMETERS,
} from './parameters';
import { CONTROL } from './plainText';
import { keySchema, valueSchema } from './settingValues';

const RESERVED = new Set(RESERVED_PARAMETERS);

/** Extra parameters except those that Backstage sets; `nonce` only as the template `{{nonce}}`. */
export const paramsSchema = z
  .record(keySchema, valueSchema)
  .superRefine((params, ctx) => {
    for (const [name, value] of Object.entries(params)) {
      const nonceTemplate = name === 'nonce' && value === '{{nonce}}';
      if (RESERVED.has(name.toLowerCase()) && !nonceTemplate) {
        ctx.addIssue({
          code: 'custom',
          path: [name],
          message: `Backstage sets '${name}' itself. Remove it from the extra parameters.`,
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
  .regex(HEADER_NAME, 'Enter a valid header name');

/** Extra headers except those that Backstage sets. */
export const headersSchema = z
  .record(keySchema, valueSchema)
  .superRefine((headers, ctx) => {
    for (const [name, value] of Object.entries(headers)) {
      const text = typeof value === 'string' ? value : value.value ?? '';
      let message: string | undefined;
      if (!HEADER_NAME.test(name))
        message = `'${name}' isn't a valid header name`;
      else if (RESERVED_HEADERS.includes(name.toLowerCase()))
        message = `Backstage sets the header '${name}' itself. Remove it from the extra headers.`;
      else if (CONTROL.test(text))
        message = 'Remove control characters from the header value';
      if (message) ctx.addIssue({ code: 'custom', path: [name], message });
    }
  });

/** Maps standard names to the provider's names; an empty string omits the parameter. */
export const renameSchema = z
  .record(keySchema, z.string().max(200))
  .superRefine((renames, ctx) => {
    for (const [from, to] of Object.entries(renames)) {
      let message: string | undefined;
      // Servers with case-sensitive names of their own (`Code`) get them only here.
      if (
        RESERVED.has(to.toLowerCase()) &&
        to.toLowerCase() !== from.toLowerCase()
      )
        message = `'${to}' is a standard parameter. Enter another name`;
      else if (to === '' && UNDROPPABLE_PARAMETERS.includes(from))
        message = `'${from}' protects the exchange. Enter a name for it`;
      if (message) ctx.addIssue({ code: 'custom', path: [from], message });
    }
  });
