import { datasourceSettingsSchema } from '../settings';

const PLAIN = { name: 'crm', auth: { grantType: 'authorization_code' } };

/** Faults by dotted path; empty when the settings are accepted. */
export function faults(change: object = {}, auth: object = {}) {
  const { error } = datasourceSettingsSchema.safeParse({
    ...PLAIN,
    ...change,
    auth: { ...PLAIN.auth, ...auth },
  });
  return Object.fromEntries(
    (error?.issues ?? []).map(issue => [issue.path.join('.'), issue.message]),
  );
}

/** The faults of settings of which a part of `auth` is given. */
export const authFaults = (auth: object) => faults({}, auth);

/** What the schema makes of settings. */
export const parsed = (auth: object = {}, change: object = {}) =>
  datasourceSettingsSchema.parse({
    ...PLAIN,
    ...change,
    auth: { ...PLAIN.auth, ...auth },
  });
