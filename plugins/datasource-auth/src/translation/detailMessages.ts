/** Texts of a datasource's page. */
export const detailMessages = {
  allSettings: 'All settings',
  connection: 'Connection',
  credential: 'Credential',
  disconnected:
    '{{title}} is disconnected. Plugins get an error until someone connects it.',
  loading: 'Loading the datasource…',
  tabs: 'Views of {{title}}',
  tab: {
    overview: 'Overview',
    activity: 'Activity',
    consumers: 'Consumers',
    people: 'People',
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
  troubleshootingTitle: 'Does a plugin report an access error?',
  troubleshooting:
    'If the status is {{state}} and the API still rejects calls, reconnect to get a new credential.',
  troubleshootingHeld:
    'If the status is {{state}} and the API still rejects calls, test the connection.',
  settings: 'Settings',
  redirectUri: 'Redirect URI',
  missingScopes: 'Not granted: {{scopes}}',
  requestChanged:
    'The saved scopes or parameters differ from the granted ones. Reconnect to apply them.',
  authorizerLeft:
    'Authorized by someone who has left. It works until the provider ends their account. Hand it over to another account before then.',
  nobody: 'No plugins yet',
  notSet: '–',
  updated: 'Last changed',
  updatedBy: '{{time}} by {{who}}',
  use: 'Use it in a plugin',
  snippet: 'Snippet',
} as const;
