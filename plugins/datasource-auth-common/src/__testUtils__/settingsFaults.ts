import { datasourceSettingsSchema } from '../settings';

const PLAIN = { name: 'crm', auth: { grantType: 'authorization_code' } };

/** Faults by dotted path; empty if the settings are valid. */
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

/** Returns the faults of complete settings with the given part of `auth`. */
export const authFaults = (auth: object) => faults({}, auth);

/** Returns the settings as the schema parses them. */
export const parsed = (auth: object = {}, change: object = {}) =>
  datasourceSettingsSchema.parse({
    ...PLAIN,
    ...change,
    auth: { ...PLAIN.auth, ...auth },
  });
