/** Texts of the page of one datasource. */
export const detailMessages = {
  edit: 'Edit',
  loading: 'Loading the datasource…',
  failed: 'The datasource could not be loaded.',
  tabs: 'Views of {{title}}',
  tab: {
    overview: 'Overview',
    activity: 'Activity',
    consumers: 'Consumers',
    access: 'Access',
    configuration: 'Configuration',
  },
  statusChanged: '{{title}} is {{state}} now.',
  declared: 'Declared in app-config. Change it there.',
  drift: {
    declaration_unused:
      'app-config declares a datasource of this name, too. The one that is stored here is used until it is deleted.',
    replicas_differ:
      'Another replica declares it otherwise. The roll-out of a changed app-config is under way, or stopped halfway.',
    settings: 'Different: {{settings}}.',
    same: 'Both have the same settings and secrets.',
  },
  needsPersonBy: 'Needs a person by {{time}}: {{why}}.',
  needsPerson: {
    refreshToken: 'then the refresh token expires',
    accessToken: "then the token expires and can't be renewed",
    clientSecret: 'then the client secret expires',
    privateKey: 'then the private key expires',
    certificate: 'then the certificate of the client expires',
    none: 'then the client expires',
  },
  troubleshooting:
    'If a plugin reports an access error while the status says {{state}}, get a new credential.',
  settings: 'Settings',
  redirectUri: 'Redirect URI',
  requestedScopes: 'Requested scopes',
  grantedScopes: 'Granted scopes',
  missingScopes: 'not granted: {{scopes}}',
  requestChanged:
    'The saved scopes or parameters differ from the granted ones. Get a new credential to apply them.',
  nobody: 'Nobody yet',
  notSet: '–',
  updated: 'Last changed',
  updatedBy: '{{time}} by {{who}}',
  use: 'Use it from a plugin',
  snippet: 'Snippet',
} as const;
