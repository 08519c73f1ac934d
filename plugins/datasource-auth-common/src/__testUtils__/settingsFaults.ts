import { AuthSettings, datasourceSettingsSchema } from '../settings';

const PLAIN = { name: 'crm', auth: { grantType: 'authorization_code' } };

/** Faults by dotted path; empty if the settings are valid. */
export function faults(change: object = {}, auth: object = {}) {
  const { error } = datasourceSettingsSchema.safeParse({
    ...PLAIN,
    ...change,
    auth: 'type' in auth ? auth : { ...PLAIN.auth, ...auth },
  });
  return Object.fromEntries(
    (error?.issues ?? []).map(issue => [issue.path.join('.'), issue.message]),
  );
}

/** Returns the faults of complete settings with the given part of `auth`. */
export const authFaults = (auth: object) => faults({}, auth);

/** What the schema makes of OAuth settings. */
export const parsed = (auth: object = {}, change: object = {}) => {
  const settings = datasourceSettingsSchema.parse({
    ...PLAIN,
    ...change,
    auth: { ...PLAIN.auth, ...auth },
  });
  return { ...settings, auth: settings.auth as AuthSettings<'oauth2'> };
};
