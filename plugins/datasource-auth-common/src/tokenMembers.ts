/**
 * Token response fields that are credentials: they can be neither kept for consumers nor shown as a scope.
 *
 * @public
 */
export const TOKEN_MEMBERS: readonly string[] = [
  'access_token',
  'refresh_token',
  'id_token',
  'client_secret',
  'password',
];
