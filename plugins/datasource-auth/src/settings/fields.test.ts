import {
  BINDING_SETTINGS,
  datasourceSettingsSchema,
  REQUIRED_SETTINGS,
} from 'backstage-plugin-datasource-auth-common';
import { z } from 'zod';
import {
  fieldMessages,
  helpMessages,
  omitMessages,
} from '../translation/fieldMessages';
import { appliesTo, FIELD_LIST, fieldOfPath, fieldSpec } from './fields';

const KEPT = FIELD_LIST.filter(field => field.kind === 'kept').map(
  field => field.path,
);

const isMembers = ({ type }: z.ZodType) =>
  type === 'object' || type === 'union';

/** The paths at which the schema wants a value: what is an object of known members is looked into. */
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
  // What is told apart by a constant has the members of each.
  if (options?.every(option => isMembers(option)))
    return [...new Set(options.flatMap(option => leaves(option, path)))];
  const inner =
    innerType ??
    (input?.type === 'transform' ? out : input) ??
    (options?.length === 1 ? options[0] : undefined);
  return inner ? leaves(inner, path) : [path];
}

describe('FIELDS', () => {
  it('S3.6-S3.20 S4.12 has a field for every setting of the schema, and none that is not one', () => {
    const settings = leaves(datasourceSettingsSchema, '').sort();
    expect(settings.length).toBeGreaterThan(70);
    expect(FIELD_LIST.map(field => field.path).sort()).toEqual(settings);
  });

  it('has a label for each field, and a help text exactly where one is promised', () => {
    expect(Object.keys(fieldMessages).sort()).toEqual(
      FIELD_LIST.map(field => field.id).sort(),
    );
    expect(Object.keys(helpMessages).sort()).toEqual(
      FIELD_LIST.filter(field => field.help)
        .map(field => field.id)
        .sort(),
    );
    expect(Object.keys(omitMessages).sort()).toEqual(
      FIELD_LIST.filter(field => field.omittable)
        .map(field => field.id)
        .sort(),
    );
  });

  it('S0.25 labels each required setting as the messages of the backend do', () => {
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

  it('threats 1: marks exactly the settings that bind a credential', () => {
    const marked = FIELD_LIST.filter(field => field.binding);
    expect(marked.map(field => field.path).sort()).toEqual(
      [...BINDING_SETTINGS].sort(),
    );
  });

  it('finds the setting that a path of an error belongs to', () => {
    expect(fieldOfPath('auth.scopes.2')?.id).toBe('scopes');
    expect(fieldOfPath('auth.token.params.audience')?.id).toBe('tokenParams');
    expect(fieldOfPath('auth.token.url')?.id).toBe('tokenUrl');
    expect(fieldOfPath('credential.authorizationId')).toBeUndefined();
  });

  it('S2.5 asks for user name and password in the password grant only', () => {
    expect(appliesTo(fieldSpec('username'), 'password')).toBe(true);
    expect(appliesTo(fieldSpec('username'), 'client_credentials')).toBe(false);
    expect(appliesTo(fieldSpec('authorizeUrl'), 'password')).toBe(false);
  });
});
