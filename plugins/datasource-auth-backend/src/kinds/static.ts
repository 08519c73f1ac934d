import { isFileReference } from 'backstage-plugin-datasource-auth-common';
import { resolveMaps } from '../settings/secrets';
import { resolveText } from '../settings/templates';
import { KindOnTheWire } from './KindOnTheWire';
import { filledMaps } from './filledMaps';

const DAY = 24 * 60 * 60_000;

/** Keys in headers and query, Basic (RFC 7617) and a bearer token, as set. */
export const staticKind: KindOnTheWire<'static'> = {
  credential: ({ settings, secrets }, { accessToken }, values) => {
    const { basic, ...maps } = settings.auth;
    const own = filledMaps(resolveMaps(maps, 'auth', secrets), {
      part: 'auth',
      secrets,
      values,
    });
    const password = secrets.get('auth.basic.password');
    // A token from a file is read for each call.
    const bearer = isFileReference(settings.auth.bearer)
      ? accessToken
      : secrets.get('auth.bearer');
    if (basic && password !== undefined) {
      // A person's own isn't in the settings.
      const username =
        secrets.get('auth.basic.username') ??
        resolveText(basic.username, values);
      const pair = Buffer.from(`${username}:${password}`).toString('base64');
      own.headers.Authorization = `Basic ${pair}`;
      own.secrets.push(password, pair);
    } else if (bearer !== undefined) {
      own.headers.Authorization = `Bearer ${bearer}`;
      own.secrets.push(bearer);
    }
    return own;
  },
  rejectedStatuses: auth => auth.rejectedStatuses,
  endOf: ({ expiresAt }) =>
    expiresAt === undefined ? undefined : Date.parse(expiresAt) + DAY,
  expiringSecret: ({ expiresAt }) =>
    expiresAt === undefined
      ? undefined
      : {
          name: 'secret',
          on: expiresAt,
          consequence: 'Otherwise the API rejects calls.',
        },
};
