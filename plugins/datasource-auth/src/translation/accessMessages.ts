/** Texts of who may do what with a datasource. */
export const accessMessages = {
  you: 'What you may do',
  column: { action: 'Action', allowed: 'You', permission: 'Permission' },
  action: {
    read: 'View',
    update: 'Edit',
    grant: 'Widen: more plugins, hosts, gateway routes or scopes',
    authorize: 'Get a credential, test and rehearse it',
    clear: 'Clear the credential',
    delete: 'Delete',
    activity: 'Read the activity',
    use: 'Call the API through a plugin or the gateway',
  },
  answer: { yes: 'Yes', no: 'No', asked: 'Decided when you try' },
  declared:
    'Declared in app-config: its settings are changed there, by whoever may change that.',
  who: 'Who decides',
  conditions:
    'A policy can decide by owner, tag, source and name of a datasource.',
  owner: 'Owner: {{owner}}',
  noOwner: 'It has no owner.',
  plugins: 'Which plugins may take tokens',
  listed: 'Only these:',
  nobody: 'Nobody yet.',
  onBehalf:
    'A plugin that acts for a person gets a token only if that person may use the datasource, too.',
} as const;
