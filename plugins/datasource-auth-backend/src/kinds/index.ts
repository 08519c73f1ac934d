import { AuthSettings, Kind } from 'backstage-plugin-datasource-auth-common';
import { KindOnTheWire } from './KindOnTheWire';
import { jwt } from './jwt';
import { none } from './none';
import { oauth2 } from './oauth2';
import { staticKind } from './static';

const KINDS: { [K in Kind]: KindOnTheWire<K> } = {
  oauth2,
  static: staticKind,
  jwt,
  none,
};

/** Returns what a kind does, for settings of that kind. */
export function kindOnTheWire<K extends Kind>(
  auth: AuthSettings<K>,
): KindOnTheWire<K> {
  return KINDS[auth.type] as unknown as KindOnTheWire<K>;
}

/** Returns the HTTP statuses with which the API says that it doesn't accept the credential. */
export function rejectedStatuses(auth: AuthSettings): number[] {
  return kindOnTheWire(auth).rejectedStatuses(auth);
}
