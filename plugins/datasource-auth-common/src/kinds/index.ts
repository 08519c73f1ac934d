import { z } from 'zod';
import { Kind, KIND_NAMES } from './descriptors';
import { jwtSchema } from './jwt';
import { noneSchema } from './none';
import { oauth2Schema } from './oauth2';
import { staticSchema } from './static';

export { foreignMembers, oauth2PresetSchema } from './oauth2';
export { clientAuthenticationSchema } from './tokenSettings';

const SCHEMAS = {
  oauth2: oauth2Schema,
  static: staticSchema,
  jwt: jwtSchema,
  none: noneSchema,
} as const satisfies Record<Kind, z.ZodType>;

type KindSchema = (typeof SCHEMAS)[Kind];

const kinds = z.discriminatedUnion(
  'type',
  Object.values(SCHEMAS) as [KindSchema, ...KindSchema[]],
  { error: `Choose how the API authenticates: ${KIND_NAMES.join(', ')}` },
);

/** The type is optional in settings if it is the default. */
type WithoutType<T> = T extends { type: 'oauth2' }
  ? Omit<T, 'type'> & { type?: 'oauth2' }
  : T;

/**
 * The `auth` part of a datasource's settings, by type, then by grant. The type `oauth2` may be left out.
 */
export const authSettingsSchema = z.preprocess(
  auth =>
    typeof auth === 'object' && auth !== null && !('type' in auth)
      ? { type: 'oauth2', ...auth }
      : auth,
  kinds,
) as unknown as z.ZodType<
  z.output<typeof kinds>,
  WithoutType<z.input<typeof kinds>>
>;
