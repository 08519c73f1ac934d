/** Texts of a datasource's page. */
export const detailMessages = {
  edit: 'Edit',
  loading: 'Loading the datasource…',
  failed: "Couldn't load the datasource.",
  tabs: 'Views of {{title}}',
  tab: {
    overview: 'Overview',
    activity: 'Activity',
    consumers: 'Consumers',
    access: 'Access',
    configuration: 'Configuration',
  },
  statusChanged: '{{title}} is now {{state}}.',
  declared: 'Declared in app-config. Change its settings there.',
  drift: {
    declaration_unused:
      'app-config also declares a datasource with this name. The one stored here is used until you delete it.',
    replicas_differ:
      'Another replica declares different settings. The app-config rollout is in progress or incomplete.',
    settings: 'Different settings: {{settings}}.',
    same: 'Both have the same settings and secrets.',
  },
  needsPersonBy: 'Needs a person by {{time}}: {{why}}.',
  needsPerson: {
    refreshToken: 'the refresh token expires',
    secret: 'the secret expires',
    accessToken: "the access token expires and can't be refreshed",
    clientSecret: 'the client secret expires',
    privateKey: 'the private key expires',
    certificate: 'the client certificate expires',
    file: 'the client assertion expires',
    none: 'the client expires',
  },
  troubleshooting:
    'If a plugin reports an access error while the status is {{state}}, get a new credential.',
  troubleshootingHeld:
    'If a plugin reports an access error while the status is {{state}}, test the connection.',
  settings: 'Settings',
  redirectUri: 'Redirect URI',
  requestedScopes: 'Requested scopes',
  grantedScopes: 'Granted scopes',
  missingScopes: 'not granted: {{scopes}}',
  requestChanged:
    'The saved scopes or parameters differ from the granted ones. Get a new credential to apply them.',
  nobody: 'No plugins yet',
  notSet: '–',
  updated: 'Last changed',
  updatedBy: '{{time}} by {{who}}',
  use: 'Use it in a plugin',
  snippet: 'Snippet',
} as const;
