/** Texts for people who connect their own account. */
export const connectionMessages = {
  action: {
    not_connected: 'Connect my account',
    connected: 'Reconnect my account',
    reconnect: 'Reconnect my account',
    consent_outdated: 'Review and connect again',
    scope_missing: 'Reconnect my account',
    suspended: 'Reconnect my account',
  },
  newWindow: '{{action}}: {{title}} (opens a new window)',
  opening: 'Opening provider…',
  starting: 'Preparing the connection…',
  waiting: 'Waiting for you to approve in the other window.',
  lost: "Can't find the window?",
  windowClosed: 'Closed the window?',
  blocked: 'Your browser blocked the window.',
  openAgain: 'Open again',
  continueHere: 'Continue in this tab',
  cancel: 'Cancel',
  retry: 'Try again',
  unfinished: 'The approval took too long or was interrupted. Start again.',
  providerSays: 'provider says: "{{text}}"',
  terms: {
    consumers: 'Plugins',
    hosts: 'API',
    scopes: 'Scopes',
    routes: 'Gateway routes',
    none: 'None',
  },
  confirm: {
    title: 'Connected as {{account}}. Is this you?',
    unnamed: 'Is this your account?',
    notNamed:
      "The provider didn't name the account. Continue only if you signed in there as yourself.",
    text: 'If you confirm, these plugins can act as you at {{title}}:',
    missing: 'Not granted: {{scopes}}.',
    end: 'You can disconnect at any time in My connections.',
    refuse: 'Not me',
    next: 'Yes, continue',
    confirm: 'Yes, connect',
    doubtTitle: 'Is this really your account?',
    onlyYours:
      'Connect only your own account: plugins use it for everything that you do.',
    anyway: 'Connect this account',
  },
  doubt: {
    other_email:
      "The account's email address isn't the one that the catalog has for you.",
    account_taken: 'Another user has connected this account.',
  },
  prompt: {
    not_connected: 'Connect your own account at {{title}} to continue.',
    connected: 'You are connected to {{title}}.',
    reconnect: 'Your connection to {{title}} no longer works. Connect again.',
    consent_outdated:
      '{{title}} has new plugins, routes, or hosts. Agree to them to let them act as you.',
    scope_missing: '{{title}} needs more access: {{scopes}}. Connect again.',
    suspended:
      'Your connection to {{title}} is suspended, because the catalog had no user with your name, or another one. Connect again.',
  },
  loading: 'Loading your connection…',
  loadFailed: "Couldn't load your connections: {{message}}",
  unavailable:
    "You can't connect an account to '{{name}}'. Ask its owner to let you use it.",
  all: 'My connections',
  connectedAs: 'Connected to {{title}} as {{account}}.',
} as const;
