import {
  BINDING_SETTINGS,
  REQUIRED_SETTINGS,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { z } from 'zod';
import { fieldMessages, helpMessages } from '../translation/fieldMessages';
import { appliesTo, FIELD_LIST, fieldOfPath, FIELDS } from './fields';

const KEPT = FIELD_LIST.filter(field => field.kind === 'kept').map(
  field => field.path,
);

const isMembers = ({ type }: z.ZodType) =>
  type === 'object' || type === 'union';

/** A file can be named in place of a secret. */
const isFileReference = (schema: z.ZodType) =>
  'file' in ((schema as unknown as { shape?: object }).shape ?? {});

/** Returns the paths at which the schema expects a value, including nested objects with known properties. */
function leaves(schema: z.ZodType, path: string): string[] {
  if (KEPT.includes(path)) return [path];
  const {
    type,
    innerType,
    shape,
    in: input,
    out,
    options,
  } = (
    schema as unknown as {
      def: {
        type: string;
        innerType?: z.ZodType;
        shape?: Record<string, z.ZodType>;
        in?: z.ZodType;
        out?: z.ZodType;
        options?: z.ZodType[];
      };
    }
  ).def;
  if (type === 'object' && shape)
    return Object.entries(shape).flatMap(([key, member]) =>
      leaves(member, path ? `${path}.${key}` : key),
    );
  // Discriminated unions have the properties of all their variants.
  if (options?.every(option => isMembers(option)))
    return [...new Set(options.flatMap(option => leaves(option, path)))];
  const named = options?.find(isFileReference);
  if (named) return [path, ...leaves(named, path)];
  const inner =
    innerType ??
    (input?.type === 'transform' ? out : input) ??
    (options?.length === 1 ? options[0] : undefined);
  return inner ? leaves(inner, path) : [path];
}

describe('FIELDS', () => {
  it('S3.6-S3.20 S4.12 has exactly one field for every setting of the schema', () => {
    const settings = leaves(datasourceSettingsSchema, '').sort();
    expect(settings.length).toBeGreaterThan(70);
    expect(FIELD_LIST.map(field => field.path).sort()).toEqual(settings);
  });

  it("S0.25 labels each required setting as in the backend's messages", () => {
    const labels = Object.keys(REQUIRED_SETTINGS).map(path => {
      const field = fieldOfPath(path);
      return [path, field?.path === path && fieldMessages[field.id]];
    });
    expect(Object.fromEntries(labels)).toEqual(REQUIRED_SETTINGS);
  });

  it('S0.7 S0.8 S1.5 says how authorize and token URLs usually end', () => {
    expect(helpMessages.authorizeUrl).toBe('Usually ends with /authorize');
    expect(helpMessages.tokenUrl).toBe('Usually ends with /token');
  });

  it('threats 1: has a field for each setting that binds a credential', () => {
    const paths = FIELD_LIST.map(field => field.path);
    expect(BINDING_SETTINGS.filter(path => !paths.includes(path))).toEqual([]);
  });

  it('finds the setting for the path of an error', () => {
    expect(fieldOfPath('auth.scopes.2')?.id).toBe('scopes');
    expect(fieldOfPath('auth.token.params.audience')?.id).toBe('tokenParams');
    expect(fieldOfPath('auth.token.url')?.id).toBe('tokenUrl');
    expect(fieldOfPath('credential.authorizationId')).toBeUndefined();
  });

  it('S2.5 shows username and password only for the password grant', () => {
    expect(appliesTo(FIELDS.username, 'password')).toBe(true);
    expect(appliesTo(FIELDS.username, 'client_credentials')).toBe(false);
    expect(appliesTo(FIELDS.authorizeUrl, 'password')).toBe(false);
  });
});
