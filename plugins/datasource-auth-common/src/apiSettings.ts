import { z } from 'zod';
import { apiQueryNames } from './apiQuery';
import { headerName } from './parameterSettings';
import { CONTROL } from './plainText';
import { openPathSchema } from './responseSettings';
import { keySchema, Value, valueSchema } from './settingValues';
import { addFault, Fault, fault, FAULTS } from './faults';

/** Headers that set the destination of a call, identify the caller, or control the connection. */
const REFUSED_HEADERS = [
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

const MOST = 50;

type Refuse = (name: string, found: Fault) => void;

const valuesSchema = (
  check: (values: Record<string, Value>, refuse: Refuse) => void,
) =>
  z.record(keySchema, valueSchema).superRefine((values, ctx) => {
    const refuse: Refuse = (name, found) =>
      addFault(ctx, found, { path: [name] });
    const names = Object.keys(values);
    if (names.length > MOST) {
      refuse(names[MOST], fault('fault.apiTooMany', { maximum: MOST }));
    }
    for (const [name, value] of Object.entries(values)) {
      const text = typeof value === 'string' ? value : value.value ?? '';
      if (CONTROL.test(text)) {
        refuse(name, fault('fault.apiValueOneLine', { name }));
      }
    }
    check(values, refuse);
  });

/** Rejects a name that the most lenient server reads as an earlier one. */
function refuseRepeated(
  names: string[],
  readAs: (name: string) => string,
  refuse: Refuse,
): void {
  const known = new Map<string, string>();
  for (const name of names) {
    const first = known.get(readAs(name));
    if (first === undefined) known.set(readAs(name), name);
    else refuse(name, fault('fault.apiNameRepeated', { first, name }));
  }
}

/** The headers that every call of an API has. */
export const apiHeadersSchema = valuesSchema((headers, refuse) => {
  for (const [name, value] of Object.entries(headers)) {
    const text = typeof value === 'string' ? value : value.value ?? '';
    if (!headerName.safeParse(name).success) {
      refuse(name, fault('fault.apiHeaderName', { name }));
    } else if (REFUSED_HEADERS.includes(name.toLowerCase())) {
      refuse(name, fault('fault.apiHeaderPerCall', { name }));
    } else if (/[^\t\x20-\x7e\x80-\xff]/.test(text) && !CONTROL.test(text)) {
      refuse(name, fault('fault.apiHeaderCharacters', { name }));
    }
  }
  refuseRepeated(Object.keys(headers), name => name.toLowerCase(), refuse);
});

/** The query parameters that every call of an API has. */
export const apiQuerySchema = valuesSchema((query, refuse) =>
  refuseRepeated(Object.keys(query), readName, refuse),
);

/** Headers and query parameters that are added to every API call, whichever way the API authenticates. */
export const apiSchema = z.strictObject({
  headers: apiHeadersSchema.optional(),
  query: apiQuerySchema.optional(),
  expired: z
    .strictObject({
      path: openPathSchema,
      equals: z
        .array(z.union([z.string().min(1).max(200), z.number()]))
        .min(1, FAULTS.valueMissing)
        .max(20),
    })
    .optional(),
});

/** A name as the most lenient server reads it. */
export function readName(name: string): string {
  const [read = ''] = apiQueryNames(encodeURIComponent(name));
  return read;
}
