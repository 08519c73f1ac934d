/** Texts of approval requests and of the recipient's page. */
export const requestMessages = {
  ask: 'Ask someone else…',
  heading: 'Approval requests',
  loadFailed: "Couldn't load the approval requests: {{message}}",
  saveFirst:
    'Save or discard your changes first. The recipient approves the saved settings.',
  asked: '{{asker}} asked {{recipient}} {{when}}. Expires {{until}}.',
  askedAnyone:
    '{{asker}} created a link {{when}} for anyone with permission to authorize. Expires {{until}}.',
  void: 'Invalid: the settings have changed. Withdraw it and ask again.',
  withdraw: 'Withdraw',
  withdrawNamed: 'Withdraw the request to {{recipient}}',
  withdrawLink: 'Withdraw the link',
  withdrawn: 'Approval request withdrawn.',
  dialog: {
    title: 'Ask someone else to approve {{title}}?',
    text: "The recipient gets a page to approve or decline, and doesn't see the settings. Plugins use the credential as soon as it's approved.",
    recipient: 'User or group',
    recipientHelp:
      'For example, user:default/jane or group:default/platform. Leave empty to create a link for anyone with permission to authorize.',
    message: 'Message (optional)',
    messageHelp: "Shown to the recipient. Don't include secrets.",
    expiry: 'Expires after',
    days_one: '{{count}} day',
    days_other: '{{count}} days',
    send: 'Ask for approval',
    cancel: 'Cancel',
  },
  link: {
    title: 'Send the approval link',
    toOne:
      '{{recipient}} gets a notification if Backstage notifications are installed. You can also send this link. Only {{recipient}} can use it, once, until {{until}}.',
    toAnyone:
      'Send this link to someone with permission to authorize {{title}}. It works once, until {{until}}.',
    once: 'Copy it now. You can only see it once.',
    label: 'Link',
    done: 'Done',
  },
  page: {
    title: 'Authorize {{title}}?',
    heading: 'Approval request',
    loading: 'Loading the approval request…',
    asks: '{{asker}} asks you to approve access for {{title}}.',
    until: 'Sent {{when}}. Expires {{until}}.',
    message: 'Message from {{asker}}',
    provider: 'Provider',
    scopes: 'Requested access',
    noScopes: "The provider's default access",
    acts: 'Backstage will act as your account on that service for these plugins:',
    actsAny:
      'Backstage will act as your account on that service for every plugin in this Backstage.',
    actsNobody:
      'Backstage will act as your account on that service. No plugins are allowed yet.',
    plugins: 'Plugins',
    approve: 'Approve at {{host}}',
    approving: 'Opening {{host}}…',
    decline: 'Decline request',
    hint: "You sign in at {{host}}, and Backstage doesn't see your password. You can revoke the access there at any time.",
    notYours:
      "You can't approve your own request. Send the link to the recipient.",
    failed: 'Approval failed',
    over: {
      approved: '{{who}} approved this request {{when}}. Nothing left to do.',
      declined: '{{who}} declined this request {{when}}. Nothing was changed.',
      withdrawn: '{{who}} withdrew this request {{when}}. Nothing left to do.',
      expired:
        'The request from {{who}} expired {{when}}. Nothing was changed.',
      void: 'The settings have changed since {{who}} sent this request {{when}}. Ask for a new one.',
    },
    thanks:
      'Approved. {{title}} is authorized, and Backstage now acts as your account. You can close this page.',
    someone: 'Someone',
  },
  scope: {
    openid: 'Know who you are',
    profile: 'Read your name and profile',
    email: 'Read your email address',
    offline_access: 'Keep access while you are away, until you revoke it',
  },
} as const;
