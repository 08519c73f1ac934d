import { z } from 'zod';
import { apiQueryNames } from './apiQuery';
import { instanceValue, isSecretValue } from './instanceValues';
import { headerName } from './parameterSettings';
import { CONTROL } from './plainText';
import { openPathSchema } from './responseSettings';
import { keySchema, Value, valueSchema } from './settingValues';
import { templateExpressions } from './templates';

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

type Refuse = (name: string, message: string) => void;

const valuesSchema = (
  check: (values: Record<string, Value>, refuse: Refuse) => void,
) =>
  z.record(keySchema, valueSchema).superRefine((values, ctx) => {
    const refuse: Refuse = (name, message) =>
      ctx.addIssue({ code: 'custom', path: [name], message });
    const names = Object.keys(values);
    if (names.length > MOST) {
      refuse(names[MOST], `Remove some: at most ${MOST} are sent.`);
    }
    for (const [name, value] of Object.entries(values)) {
      const text = typeof value === 'string' ? value : value.value ?? '';
      if (CONTROL.test(text)) {
        refuse(
          name,
          `The value of '${name}' has a line break or another control character. Enter it on one line.`,
        );
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
    else refuse(name, `'${first}' and '${name}' are the same name. Keep one.`);
  }
}

/** Headers that are added to every API call. */
const apiHeadersSchema = valuesSchema((headers, refuse) => {
  for (const [name, value] of Object.entries(headers)) {
    const text = typeof value === 'string' ? value : value.value ?? '';
    if (!headerName.safeParse(name).success) {
      refuse(name, `'${name}' isn't a header name. Use letters, digits and -.`);
    } else if (REFUSED_HEADERS.includes(name.toLowerCase())) {
      refuse(name, `Remove '${name}': each call sets this header itself.`);
    } else if (/[^\t\x20-\x7e\x80-\xff]/.test(text) && !CONTROL.test(text)) {
      refuse(
        name,
        `The value of '${name}' has a character that isn't allowed in headers. Use Latin-1 characters only.`,
      );
    }
  }
  refuseRepeated(Object.keys(headers), name => name.toLowerCase(), refuse);
});

/** Query parameters that are added to every API call. */
const apiQuerySchema = valuesSchema((query, refuse) =>
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
        .min(1, 'Enter at least one value')
        .max(20),
    })
    .optional(),
});

/**
 * The settings that decide which headers and query parameters are added to every API call.
 *
 * @public
 */
export interface ApiSettings {
  /** Base URL, which may have query parameters. */
  baseUrl?: string;
  /** Instance values by name. */
  instance?: Record<string, unknown>;
  /** Values added to every call: plain text, or an object that contains a secret. */
  api?: {
    headers?: Record<string, unknown>;
    query?: Record<string, unknown>;
  };
}

/** Rejects values that would replace the token or repeat a parameter of the base URL. */
export function checkApi(
  settings: ApiSettings & { auth: { header: { name: string } } },
  ctx: z.RefinementCtx,
): void {
  const { baseUrl = '', api, auth } = settings;
  for (const name of Object.keys(api?.headers ?? {})) {
    if (name.toLowerCase() !== auth.header.name.toLowerCase()) continue;
    ctx.addIssue({
      code: 'custom',
      path: ['api', 'headers', name],
      message: `Remove '${name}': the access token is sent in this header. To send both, choose another header for the token.`,
    });
  }
  const [, ownQuery = ''] = /^[^?#]*\?([^#]*)/.exec(baseUrl) ?? [];
  const taken = apiQueryNames(ownQuery);
  for (const name of Object.keys(api?.query ?? {})) {
    if (!taken.has(readName(name))) continue;
    ctx.addIssue({
      code: 'custom',
      path: ['api', 'query', name],
      message: `The base URL already has the parameter '${name}'. Remove it there or here.`,
    });
  }
}

/** Normalizes a name as the most lenient server reads it. */
function readName(name: string): string {
  const [read = ''] = apiQueryNames(encodeURIComponent(name));
  return read;
}

/**
 * Returns whether a secret besides the access token is sent to the API, in a header or parameter of every call.
 *
 * @param instanceName - checks only this instance value
 * @public
 */
export function hasApiSecret(
  { api, instance }: Omit<ApiSettings, 'baseUrl'>,
  instanceName?: string,
): boolean {
  const values = [
    ...Object.values(api?.headers ?? {}),
    ...Object.values(api?.query ?? {}),
  ];
  return values.some(value => {
    if (isSecretValue(value) && instanceName === undefined) return true;
    const text = isSecretValue(value) ? value.value : value;
    return templateExpressions(typeof text === 'string' ? text : '').some(
      expression =>
        isSecretValue(instanceValue(expression, instance)) &&
        (instanceName === undefined ||
          expression === `instance.${instanceName}`),
    );
  });
}
