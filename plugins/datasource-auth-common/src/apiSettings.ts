import { z } from 'zod';
import { apiQueryNames } from './apiQuery';
import { instanceValue, isSecretValue } from './instanceValues';
import { headerName } from './parameterSettings';
import { CONTROL } from './plainText';
import { keySchema, Value, valueSchema } from './settingValues';
import { templateExpressions } from './templates';

/** Headers that say where a call goes, who calls, or how the connection is kept. */
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
          `The value of '${name}' has a line break or another control character. Enter it in one line.`,
        );
      }
    }
    check(values, refuse);
  });

/** Refuses a name that an earlier one repeats for the most lenient server. */
function refuseRepeated(
  names: string[],
  readAs: (name: string) => string,
  refuse: Refuse,
): void {
  const known = new Map<string, string>();
  for (const name of names) {
    const first = known.get(readAs(name));
    if (first === undefined) known.set(readAs(name), name);
    else refuse(name, `'${first}' and '${name}' are one name. Keep one.`);
  }
}

/** The headers that every call of an API has. */
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
        `The value of '${name}' has a character that no header can carry. Use letters of Latin-1.`,
      );
    }
  }
  refuseRepeated(Object.keys(headers), name => name.toLowerCase(), refuse);
});

/** The query parameters that every call of an API has. */
const apiQuerySchema = valuesSchema((query, refuse) =>
  refuseRepeated(Object.keys(query), readName, refuse),
);

/** What every call of an API has, however the API authenticates. */
export const apiSchema = z.strictObject({
  headers: apiHeadersSchema.optional(),
  query: apiQuerySchema.optional(),
});

/**
 * The settings that decide which headers and query parameters every call to an API has.
 *
 * @public
 */
export interface ApiSettings {
  /** Base URL, which may have query parameters of its own. */
  baseUrl?: string;
  /** Instance values by name. */
  instance?: Record<string, unknown>;
  /** Values of every call: plain text, or an object around a secret. */
  api?: {
    headers?: Record<string, unknown>;
    query?: Record<string, unknown>;
  };
}

/** Refuses what would take the place of the token, or repeat a parameter of the base URL. */
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

/** A name as the most lenient server reads it. */
function readName(name: string): string {
  const [read = ''] = apiQueryNames(encodeURIComponent(name));
  return read;
}

/**
 * Returns whether a secret goes to the API besides the access token: in a header or parameter that every call has.
 *
 * @param instanceName - only whether this instance value does
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
