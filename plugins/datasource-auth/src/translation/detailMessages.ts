/** Texts of the page of one datasource. */
export const detailMessages = {
  edit: 'Edit',
  loading: 'Loading the datasource…',
  failed: 'The datasource could not be loaded.',
  overview: 'Overview',
  declared: 'Declared in app-config. Change it there.',
  needsPersonBy: 'Needs a person by {{time}}.',
  troubleshooting:
    'If a plugin reports an access error while the status says AUTHORIZED, get a new credential.',
  settings: 'Settings',
  redirectUri: 'Redirect URI',
  requestedScopes: 'Requested scopes',
  grantedScopes: 'Granted scopes',
  missingScopes: 'not granted: {{scopes}}',
  nobody: 'Nobody yet',
  notSet: '–',
  updated: 'Last changed',
  updatedBy: '{{time}} by {{who}}',
  use: 'Use it from a plugin',
  snippet: 'Snippet',
} as const;
