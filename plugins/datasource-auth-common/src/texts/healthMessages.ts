/** Setup checks: what is checked, what was found, and what to do. */
export const healthMessages = {
  encryptionKey: {
    title: "Secrets are encrypted with key '{{id}}'",
    detail:
      'No value needs an older key, so you can remove older keys from the configuration.',
    olderKey_one: "{{count}} value isn't encrypted with key '{{id}}' yet",
    olderKey_other: "{{count}} values aren't encrypted with key '{{id}}' yet",
    remedy:
      'Keep the older key configured until none is left. Values are encrypted again every hour.',
  },
  callback: {
    https: 'The redirect URI uses https',
    http: 'The redirect URI uses http',
    local: 'The redirect URI is on this machine',
    detail: '{{url}}',
    remedy:
      'Serve the backend over https. Many providers reject anything else.',
  },
  quarantine: {
    title: 'Credentials belong to this installation',
    detail:
      'In a copied database, credentials are neither refreshed nor given to plugins.',
    foreign: 'Credentials belong to another installation',
    unused: 'They are neither refreshed nor given to plugins.',
    remedy:
      'If the installation moved, set datasourceAuth.adoptCredentials to {{url}}.',
  },
  egress: {
    title: 'Addresses are checked on every call',
    detail: "A call to an address that isn't allowed is rejected.",
    previous: 'The previous egress rules apply',
    namesOnly: 'Only host names are checked',
    only: 'Only {{hosts}}.',
    everyPublic: 'Every public host.',
    internal: 'Internal: {{hosts}}.',
    nothingInternal: 'Nothing internal.',
    withoutTls: 'Without TLS: {{hosts}}.',
    unreadable:
      "The changed datasourceAuth.egress can't be read, so the previous rules apply. Correct the entry that the backend's log names.",
    proxy:
      'Calls go through a corporate proxy, so only host names are checked. Limit them with datasourceAuth.egress.only.',
  },
  storage: {
    title: 'Datasources and credentials survive a restart',
    detail:
      "The database isn't SQLite in memory, which loses everything when the backend stops.",
    lost: 'Datasources and credentials are lost on a restart',
    inMemory:
      'The database is SQLite in memory: every datasource and credential is lost when the backend stops.',
    remedy:
      'Set backend.database to PostgreSQL, or for SQLite set connection.directory to a permanent folder.',
  },
  secrets: {
    title: 'Long-lived secrets in the database',
    none: 'None are stored.',
    keys_one: '{{count}} API key, password or other value.',
    keys_other: '{{count}} API keys, passwords or other values.',
    clientSecrets_one: '{{count}} client secret.',
    clientSecrets_other: '{{count}} client secrets.',
    privateKeys_one: '{{count}} private key.',
    privateKeys_other: '{{count}} private keys.',
    keysRemedy:
      'If an API offers OAuth 2.0, use it instead of a key or password.',
    clientSecretsRemedy:
      'If a provider accepts private_key_jwt, use it instead of a client secret: the provider then stores only a public key.',
    privateKeysRemedy:
      'Enter the date on which a key expires, and rotate it before then. Backstage reads the date of a certificate itself.',
  },
  access: {
    policy: 'Your permission policy decides who may change datasources',
    managers:
      'datasourceAuth.access.managers decides who may change datasources',
    byManagers:
      'Permissions are off, so only the users and groups listed there may change them.',
    nobody: 'Nobody may change datasources yet',
    nobodyRemedy:
      'Set datasourceAuth.access.managers, or set permission.enabled and a policy.',
    everyone: 'Every signed-in user may change every datasource',
    allowAll:
      "The module 'allow-all-policy' of the permission plugin is installed.",
    allowAllRemedy:
      'Replace the allow-all policy of the Backstage template: docs/permissions.md has a policy to start from. Or set permission.enabled to false, so that datasourceAuth.access.managers decides.',
    guests: 'Guests may change every datasource',
    guestsRemedy:
      'Limit guests in your permission policy: docs/permissions.md has a policy to start from.',
    managersUnused: 'datasourceAuth.access.managers limits nobody',
    managersOnlyNotified:
      'It has no effect on permissions while permission.enabled is true. Managers are only notified about datasources without an owner.',
    managersRemedy:
      'Let your policy allow datasource-auth.datasource.* to the same people only, then remove the managers. Or set permission.enabled to false.',
    unknown: "Couldn't tell who may change datasources",
    notAsked: "What the policy allows you couldn't be checked.",
    youMayAll: 'The policy lets you change every datasource.',
    unknownRemedy:
      "Look at the policy module that your backend adds to the permission plugin. Or open this page as a user who shouldn't change datasources.",
    limited: 'The policy limits what you may change.',
  },
  declarations: {
    title: 'Datasources declared in app-config are used',
    detail:
      'None is invalid, replaced by a stored datasource of the same name, or different on another replica.',
    notAll: "Some declarations in app-config aren't used",
    rejected:
      'The changed configuration is invalid, so the last valid one is used.',
    rejectedRemedy: "Correct the fault that the backend's log names.",
    unused_one:
      '{{count}} declared datasource is unused: a stored one of the same name is used.',
    unused_other:
      '{{count}} declared datasources are unused: stored ones of the same names are used.',
    unusedRemedy:
      'Delete the stored one and get a credential for the declared one, or remove the declaration.',
    elsewhere_one:
      '{{count}} datasource is declared differently on another replica.',
    elsewhere_other:
      '{{count}} datasources are declared differently on another replica.',
    elsewhereRemedy:
      'Finish the roll-out: all replicas need the same configuration.',
  },
  lease: {
    title: 'The database lets one replica at a time refresh a credential',
    detail:
      'A trial lease was kept. Without leases, two replicas could use the same refresh token.',
    notKept: "The database doesn't keep leases",
    lost: "A trial lease wasn't kept. Credentials can't be refreshed.",
    remedy:
      "Read the database's error in the backend's log. Check that the database isn't a read-only copy and that the backend may write to its tables.",
  },
  sweep: {
    title: 'Credentials are refreshed in the background',
    unchecked: "Couldn't check the background refresh",
    notTold: "This backend's scheduler doesn't report when the task last ran.",
    unknown: "Couldn't read when the task last ran.",
    unknownRemedy:
      'Check that backend.baseUrl, or your discovery, leads from this backend to itself.',
    none: "The background refresh hasn't run yet",
    notYet: 'It runs soon after the backend starts.',
    lastRun: 'The last run ended {{age}} ago. The interval is {{interval}}.',
    failed: 'The last background refresh failed',
    failedRemedy: "Look for {{task}} in the backend's log.",
    late: 'The background refresh is overdue',
    lateRemedy:
      'Check that at least one replica runs scheduled tasks, and look for {{task}} in its log. Until then credentials are refreshed when they are used.',
  },
  clock: {
    title: "The clock agrees with the providers' clocks",
    close: 'Less than a second apart, seen {{age}} ago.',
    ahead: "The last provider's clock is {{skew}} ahead, seen {{age}} ago.",
    behind: "The last provider's clock is {{skew}} behind, seen {{age}} ago.",
    differs: "The clock differs from a provider's clock",
    unseen: "The clock couldn't be compared yet",
    unknown: "This replica hasn't had a provider's response since it started.",
    remedy:
      'Synchronize the clock of this machine with a time server. With a wrong clock, providers reject signed requests, and Backstage rejects what they sign.',
  },
  datasources: {
    title: 'Datasources without errors',
    detail: 'No stored credential is unreadable, and no refresh keeps failing.',
    failing_one: '{{count}} datasource in ERROR',
    failing_other: '{{count}} datasources in ERROR',
    remedy: 'Open the list: they are at the top.',
  },
  authorizers: {
    title: 'No datasource was authorized by someone who has left',
    detail:
      'When people leave, providers usually end the credentials that they approved.',
    left_one: '{{count}} datasource was authorized by someone who has left',
    left_other: '{{count}} datasources were authorized by people who have left',
    remedy:
      'Hand them over: the list shows which. They work until the provider ends the account of that person.',
  },
  notifications: {
    installed: 'Notifications are installed',
    installedDetail: 'Owners are notified when someone must act.',
    missing: "Notifications aren't installed",
    missingDetail: 'Nobody is notified when someone must act.',
    remedy:
      'Install the notifications plugin. Until then, nobody is told when someone must act.',
  },
  signals: {
    installed: 'Signals are installed',
    installedDetail: 'Open pages show a change at once.',
    missing: 'Open pages check for changes once a minute',
    missingDetail: 'Install the signals plugin to see them at once.',
  },
  events: {
    installed: 'The events plugin is installed',
    installedDetail: 'Events reach the plugins of other processes.',
    missing: 'Events only reach plugins in the same process',
    missingDetail: 'Install the events plugin to reach all of them.',
  },
  plugin: {
    unknown: "Couldn't check whether the plugin '{{id}}' is installed",
    remedy:
      'Check that backend.baseUrl, or your discovery, leads from this backend to it.',
  },
} as const;
