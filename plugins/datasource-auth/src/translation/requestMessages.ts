/** Texts of asking somebody else to authorize a datasource, and of the page for who is asked. */
export const requestMessages = {
  ask: 'Ask someone…',
  heading: 'Asked to authorize',
  loadFailed: 'Who was asked could not be loaded: {{message}}',
  saveFirst:
    'Save or discard your changes first: what is asked for is what is saved.',
  asked:
    '{{asker}} asked {{recipient}} {{when}}. Can be answered until {{until}}.',
  askedAnyone:
    '{{asker}} made a link for whoever may authorize {{when}}. Can be used until {{until}}.',
  void: 'No longer stands: the settings were changed since. Withdraw it and ask again.',
  withdraw: 'Withdraw',
  withdrawNamed: 'Withdraw the request to {{recipient}}',
  withdrawLink: 'Withdraw the link',
  withdrawn: 'The request was withdrawn.',
  dialog: {
    title: 'Ask someone to authorize {{title}}',
    text: 'They get a page with one button, and see no settings. What they approve is in use at once.',
    recipient: 'User or group',
    recipientHelp:
      'Such as user:default/jane or group:default/platform. Left empty: a link for whoever may authorize this datasource anyhow.',
    message: 'Message (optional)',
    messageHelp: 'Shown to who is asked. Write no secrets here.',
    expiry: 'Can be answered for',
    days_one: '{{count}} day',
    days_other: '{{count}} days',
    send: 'Ask',
    cancel: 'Cancel',
  },
  link: {
    title: 'Asked',
    toOne:
      '{{recipient}} gets a notification where Backstage has notifications installed. Or send this link: it works for {{recipient}} only, once, until {{until}}.',
    toAnyone:
      'Send this link. It works for those who may authorize {{title}}, once, until {{until}}.',
    once: 'It is not shown again.',
    label: 'Link',
    done: 'Done',
  },
  page: {
    title: 'Authorize {{title}}?',
    heading: 'Request to authorize',
    loading: 'Loading what is asked…',
    asks: '{{asker}} asks you to authorize {{title}}.',
    until: 'Asked {{when}}. Can be answered until {{until}}.',
    message: 'Message of {{asker}}',
    provider: 'Provider',
    scopes: 'What is asked for',
    noScopes: 'What the provider grants by default',
    acts: 'Backstage will act as your account on that service for the plugins listed:',
    actsAny:
      'Backstage will act as your account on that service for every plugin of this Backstage.',
    actsNobody:
      'Backstage will act as your account on that service. No plugin is listed yet.',
    plugins: 'Plugins',
    approve: 'Approve at {{host}}',
    approving: 'Opening {{host}}…',
    decline: 'Decline',
    hint: 'You sign in at {{host}}, not here. Backstage does not see your password, and you can take the approval back there at any time.',
    notYours:
      'You asked for this yourself. Somebody else has to answer it: send the link to who is meant.',
    failed: 'The approval did not succeed',
    over: {
      approved:
        '{{who}} approved this request {{when}}. Nothing is left to do.',
      declined: '{{who}} declined this request {{when}}. Nothing was changed.',
      withdrawn:
        '{{who}} withdrew this request {{when}}. Nothing is left to do.',
      expired:
        'The request of {{who}} expired on {{when}}. Nothing was changed.',
      void: 'The settings were changed since {{who}} asked {{when}}, so that this request no longer stands for what it would allow. Ask for a new one.',
    },
    thanks:
      'Approved. {{title}} is authorized, and Backstage acts as your account from now on. You can close this page.',
    someone: 'Somebody',
  },
  scope: {
    openid: 'Know who you are',
    profile: 'Read your name and profile',
    email: 'Read your e-mail address',
    offline_access: 'Keep access while you are away, until you take it back',
  },
} as const;
