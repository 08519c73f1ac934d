/** Texts about the people who connected their own account to a datasource. */
export const peopleMessages = {
  count_one: '{{count}} person is connected',
  count_other: '{{count}} people are connected',
  private:
    'Only each person sees their account. You can disconnect people, for example if an account was misused.',
  notAllowed: "You don't have permission to see who they are.",
  column: {
    user: 'Person',
    since: 'Connected',
    lastUse: 'Last used',
    actions: 'Actions',
  },
  neverUsed: 'Not yet',
  disconnect: 'Disconnect',
  disconnectOf: 'Disconnect {{user}}',
  everyone: 'Disconnect everyone…',
  more: 'Show more',
  confirm: {
    one: 'Disconnect {{user}} from {{title}}?',
    everyone: 'Disconnect everyone from {{title}}?',
    text: 'Plugins can no longer act for them, also not with what they allowed for later. Their tokens are deleted and revoked at the provider. They can connect again.',
    keep: 'Keep connected',
  },
  done: '{{user}} is disconnected.',
  notRevoked:
    "{{user}} is disconnected. The provider hasn't confirmed the revocation yet. Backstage asks again.",
  doneAll_one: '{{count}} person is disconnected.',
  doneAll_other: '{{count}} people are disconnected.',
} as const;
