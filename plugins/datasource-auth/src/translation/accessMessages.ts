/** Texts of the Access tab: permissions and allowed plugins. */
export const accessMessages = {
  you: 'Your permissions',
  column: { action: 'Action', allowed: 'Allowed', permission: 'Permission' },
  action: {
    read: 'View',
    update: 'Edit',
    grant: 'Allow more plugins, hosts, gateway routes, or scopes',
    grantHeld: 'Allow more plugins, hosts, or gateway routes',
    authorize: 'Get a credential, test the connection, test the refresh',
    authorizeHeld: 'Enter the credential, test the connection',
    clear: 'Clear the credential',
    delete: 'Delete',
    activity: 'View the activity',
    use: 'Call the API through a plugin or the gateway',
  },
  answer: { yes: 'Yes', no: 'No', asked: 'Checked when you try' },
  declared: 'Declared in app-config. Settings can only be changed there.',
  who: 'Access rules',
  conditions:
    'A permission policy can use the owner, tags, source, and name of a datasource.',
  owner: 'Owner: {{owner}}',
  noOwner: 'No owner is set.',
  plugins: 'Allowed plugins',
  listed: 'Only these plugins can use the datasource:',
  nobody: 'No plugins are allowed yet.',
  onBehalf:
    'When a plugin acts for a user, that user also needs permission to use the datasource.',
} as const;
