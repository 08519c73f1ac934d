/** Texts of the page on which people connect their own accounts. */
export const connectionsMessages = {
  title: 'My connections',
  subtitle: 'Your own accounts at external APIs. Only you see them.',
  loading: 'Loading your connections…',
  empty:
    "You can't connect an account yet: no datasource that you may use is set up for accounts of people.",
  unknown:
    "You can't connect an account to '{{name}}'. Ask its owner to let you use it.",
  connectedOf: '{{connected}} of {{all}} connected',
  state: {
    not_connected: 'Not connected',
    connected: 'Connected',
    reconnect: 'Reconnect needed',
    consent_outdated: 'New consent needed',
    scope_missing: 'More access needed',
    suspended: 'Suspended',
  },
  reconnect:
    'The provider no longer accepts this connection, or the settings changed. Plugins get an error until you reconnect.',
  outdated:
    'New since you agreed: {{added}}. Connect again to agree. Until then, only what you agreed to works.',
  outdatedAddress:
    'The address of the API has changed since you agreed. Connect again to agree.',
  scopeMissing:
    'Not granted: {{scopes}}. Plugins get an error until you reconnect and grant it.',
  suspended:
    'The catalog had no user with your name, or another one. Plugins get an error until you reconnect.',
  account: 'Account',
  accountUnnamed: 'not named by the provider',
  accountUnknown: 'not known for this token',
  since: 'Connected',
  expires: 'Token expires',
  lastUse: 'Last used',
  neverUsed: 'not yet',
  means: 'What connecting allows',
  done: '{{title}} is connected.',
  next: 'Next: {{title}}',
  disconnect: 'Disconnect my account',
  disconnectOf: 'Disconnect my account: {{title}}',
  disconnectDialog: {
    title: 'Disconnect your account from {{title}}?',
    text: 'Backstage deletes your tokens and asks the provider to revoke them. Plugins can no longer act as you there. What they did before stays.',
    textEntered:
      'Backstage deletes what you entered. Plugins can no longer act as you there. What they did before stays.',
    keep: 'Keep connected',
  },
  revoked:
    'Your account is disconnected from {{title}}. The provider has revoked the tokens.',
  notRevoked:
    "Your account is disconnected from {{title}}. The provider didn't confirm that the tokens are revoked: remove the access in your account there.",
  deleted:
    'Your account is disconnected from {{title}}. Backstage deleted what you entered: delete the token in your account there, too.',
  perUser: 'Connect your own account in My connections',
} as const;
