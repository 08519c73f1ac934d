import {
  GatewayRoute,
  readTestPath,
  TestPath,
  Value,
} from 'backstage-plugin-datasource-auth-common';
import { FieldSpec } from '../kinds';

/** A parameter, header or instance value in the form. */
export interface ValueRow {
  key: string;
  value: string;
  secret: boolean;
  /** Whether a secret is stored under this key; an empty `value` keeps it. */
  set?: boolean;
}

/** A secret in the form: only what the user entered or decided, never the stored value. */
export interface SecretDraft {
  action: 'keep' | 'replace' | 'remove';
  value: string;
}

/** Allowed plugins: any, or those listed. */
export interface ConsumersDraft {
  mode: 'listed' | 'any';
  plugins: string;
}

type Decoded =
  | string
  | boolean
  | ValueRow[]
  | SecretDraft
  | ConsumersDraft
  | object
  | null
  | undefined;

const UNTOUCHED_SECRET: SecretDraft = { action: 'keep', value: '' };

function decodeValues(
  value: unknown,
  decodePlain: (value: unknown) => string = String,
): ValueRow[] {
  return Object.entries(
    (value ?? {}) as Record<string, Value | number | boolean>,
  ).map(([key, entry]) =>
    typeof entry === 'object'
      ? { key, value: entry.value ?? '', secret: true, set: entry.set }
      : { key, value: decodePlain(entry), secret: false },
  );
}

/** Quotes a string that looks like a number or boolean, so that it stays a string. */
function decodeLiteral(value: unknown): string {
  return typeof value === 'string' && encodeLiteral(value) === value
    ? value
    : JSON.stringify(value);
}

/** Returns whether a value is present but empty. */
function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null)
    return Object.keys(value).length === 0;
  return value === '';
}

/** Returns the value for the form. */
export function decode(field: FieldSpec, value: unknown): Decoded {
  if (field.omittable && isEmpty(value)) return null;
  switch (field.kind) {
    case 'flag':
      return Boolean(value);
    case 'claims':
      return decodeValues(value, decodeLiteral);
    case 'values':
    case 'renames':
      return decodeValues(value);
    case 'secret':
      // The name of a file in place of the secret is a setting below it, so no two fields share this object.
      return { ...UNTOUCHED_SECRET };
    case 'consumers':
      return value === '*'
        ? { mode: 'any', plugins: '' }
        : { mode: 'listed', plugins: ((value as string[]) ?? []).join(' ') };
    case 'routes':
      return ((value ?? []) as GatewayRoute[])
        .map(route => `${route.methods.join(',')} ${pathText(route)}`)
        .join('\n');
    case 'path':
      return pathText(readTestPath(value as TestPath | undefined));
    case 'json':
      return value === undefined ? '' : JSON.stringify(value, null, 2);
    case 'literal':
      return value === undefined ? '' : decodeLiteral(value);
    case 'lines':
      return ((value ?? []) as string[]).join(', ');
    case 'kept':
      return value as object | undefined;
    default:
      if (Array.isArray(value)) return value.join(' ');
      return String(value ?? field.fallback ?? '');
  }
}

/** Suffix of a path that may have encoded slashes. */
const ENCODED_SLASH = ' encodedSlash';

function pathText(route: { path: string; encodedSlash?: boolean }): string {
  return route.encodedSlash ? `${route.path}${ENCODED_SLASH}` : route.path;
}

function readPathText(text: string): { path: string; encodedSlash?: true } {
  return text.endsWith(ENCODED_SLASH)
    ? {
        path: text.slice(0, -ENCODED_SLASH.length).trim(),
        encodedSlash: true,
      }
    : { path: text };
}

function encodeLiteral(text: string): string | number | boolean {
  try {
    const value = JSON.parse(text);
    return ['string', 'number', 'boolean'].includes(typeof value)
      ? value
      : text;
  } catch {
    return text;
  }
}

/** What is no JSON stays a text, which the schema points at. */
function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function encodeRow(
  row: ValueRow,
  encodePlain: (text: string) => string | number | boolean,
): Value | number | boolean {
  if (!row.secret) return encodePlain(row.value);
  return row.value
    ? { secret: true, value: row.value }
    : { secret: true, set: row.set };
}

function encodeSecret(draft: SecretDraft): string | null | undefined {
  if (draft.action === 'remove') return null;
  return draft.action === 'replace' && draft.value ? draft.value : undefined;
}

/** Returns the parts of a text, or undefined if it is empty. */
export const listOf = (text: string, separator: RegExp) => {
  const parts = text
    .split(separator)
    .map(part => part.trim())
    .filter(Boolean);
  return parts.length ? parts : undefined;
};

/** Returns the value to send, or undefined if it is empty or the default. */
export function encode(field: FieldSpec, value: unknown): unknown {
  if (field.omittable && value === null)
    return field.kind === 'values' ? {} : '';
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'flag':
      return value ? true : undefined;
    case 'claims':
    case 'values':
    case 'renames': {
      const encodePlain = field.kind === 'claims' ? encodeLiteral : String;
      const rows = (value as ValueRow[]).filter(row => row.key || row.value);
      return rows.length
        ? Object.fromEntries(
            rows.map(row => [row.key, encodeRow(row, encodePlain)]),
          )
        : undefined;
    }
    case 'secret':
      return encodeSecret(value as SecretDraft);
    case 'kept':
      return value;
    case 'consumers': {
      const draft = value as ConsumersDraft;
      return draft.mode === 'any' ? '*' : listOf(draft.plugins, /[\s,]+/);
    }
    case 'routes':
      return listOf(text, /\n/)?.map(line => {
        const [methods, ...path] = line.split(/\s+/);
        return { methods: methods.split(','), ...readPathText(path.join(' ')) };
      });
    case 'path': {
      const read = readPathText(text.trim());
      return read.encodedSlash ? read : read.path || undefined;
    }
    case 'json':
      return text.trim() === '' ? undefined : parsedOrText(text);
    case 'literal':
      return text === '' ? undefined : encodeLiteral(text);
    case 'words':
      return text.trim() === field.fallback
        ? undefined
        : listOf(text, /[\s,]+/);
    case 'numbers':
      return text.trim() === field.fallback
        ? undefined
        : (listOf(text, /[\s,]+/) ?? []).map(Number);
    case 'scopes':
    case 'uris':
      return listOf(text, /\s+/);
    case 'lines':
      return listOf(text, /[,\n]/);
    case 'number':
      return text.trim() === '' ? undefined : Number(text);
    default: {
      // The header prefix can be empty, which isn't its default.
      const kept = field.id === 'scopeSeparator' ? text : text.trim();
      if (kept === String(field.fallback ?? '')) return undefined;
      return kept === '' && field.id !== 'headerPrefix' ? undefined : kept;
    }
  }
}
