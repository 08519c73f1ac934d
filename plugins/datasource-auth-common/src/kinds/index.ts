import { z } from 'zod';
import { oauth2Schema } from './oauth2';

export { foreignMembers, oauth2PresetSchema } from './oauth2';
export { clientAuthenticationSchema } from './tokenSettings';

/** How an API authenticates, by type. To add a kind, create a file here and in the page's `kinds`. */
const kinds = z.discriminatedUnion('type', [oauth2Schema]);

/** The type is optional in settings if it is the default. */
type WithoutType<T> = T extends { type: 'oauth2' }
  ? Omit<T, 'type'> & { type?: 'oauth2' }
  : T;

/**
 * The `auth` part of a datasource's settings, by type, then by grant. `oauth2` may be left out.
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
