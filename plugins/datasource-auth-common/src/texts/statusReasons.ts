/** Why a datasource has its status. */
export const statusReasons = {
  missing: 'Missing: {{labels}}',
  keyMissing:
    "Encryption key '{{id}}' is missing. Restore it under datasourceAuth.encryption.keys, or where its key provider reads it.",
  unreadable:
    "A stored value was changed or moved and can't be decrypted. Get a new credential.",
  quarantined:
    'This database was last used with another callback URL. To use its credentials, set datasourceAuth.adoptCredentials to the new one.',
  perUser: 'Each person connects their own account.',
  none: 'No credential yet.',
  refused:
    'The provider no longer accepts the stored credential. Get a new one.',
  refusedNoResponse:
    'A refresh got no response, and the provider no longer accepts the stored credential. Get a new one.',
  doubtful:
    'The provider may no longer accept the stored credential. Get a new one.',
  settingsChanged: 'The settings have changed. Get a new credential.',
  cleared: 'Cleared.',
  clearedOn: 'Cleared on {{day}}.',
  clearedBy: 'Cleared by {{user}} on {{day}}.',
  failing: '{{problem}}.',
  failingOften: '{{problem}} ({{attempts}} attempts).',
  lastTokenUntil: 'The last token is used until {{time}}.',
  expired: 'Expired {{time}}. The provider issued no refresh token.',
  expiredSecret: 'Expired {{time}}. Enter a new secret.',
  validSecret: 'Valid until {{time}}, then a new secret is needed',
  validRenewable: 'Valid until {{time}}, refreshes automatically',
  validFinal: 'Valid until {{time}}, then a person is needed',
  noExpiry: 'No stated expiry',
  signedOnUse: 'A new JWT is signed whenever one is needed',
  renewsOnUse: 'Refreshes on next use.',
  requestedOnUse:
    'The settings have changed. The next use requests a new token.',
  requestChanged:
    'The saved scopes or parameters differ from the granted ones.',
} as const;
