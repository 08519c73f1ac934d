import { z } from 'zod';
import { oauth2Schema } from './oauth2';

export {
  clientAuthenticationSchema,
  foreignMembers,
  oauth2PresetSchema,
} from './oauth2';

const kinds = z.discriminatedUnion('type', [oauth2Schema]);

/**
 * How an API authenticates: `oauth2` unless said. A new kind is a file here and in the page's `kinds`.
 *
 * @public
 */
export type AuthType = z.output<typeof kinds>['type'];

/** Settings may leave the type out where it is the default. */
type WithoutType<T> = T extends { type: 'oauth2' }
  ? Omit<T, 'type'> & { type?: 'oauth2' }
  : T;

/**
 * The `auth` part of a datasource's settings, by type, then by grant.
 *
 * @public
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
