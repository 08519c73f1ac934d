import {
  Datasource,
  formatRequiredSettings,
  LastError,
  StatusReason,
  isApprovedByPerson,
  isFromSettings,
  oauth2Settings,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceView } from '../reading/DatasourceViews';

const REFRESHABLE =
  'To refresh it automatically from then on, request a refresh token; many providers need the scope offline_access.';

const STEPS: Record<StatusReason, (datasource: Datasource) => string[]> = {
  missing_settings: datasource => {
    const missing = formatRequiredSettings(datasource.status.missing ?? []);
    return datasource.source === 'config'
      ? [`Set ${missing} ${declaredAt(datasource)}.`]
      : [
          `Open the page, enter ${missing} and save.`,
          ...whoElse(datasource, datasource.allowed.update),
        ];
  },
  unreadable: datasource => [
    'Restore the encryption key that the reason names.',
    'If the key is lost, enter the secrets again on the page and get a new credential.',
    ...whoElse(datasource, datasource.allowed.authorize),
  ],
  quarantined: () => [
    'If this installation moved, set datasourceAuth.adoptCredentials to the callback URL in the setup checks on the page.',
    'If it is a copy, get new credentials for it. It would use up those of the original.',
  ],
  per_user: datasource => [
    'Nothing. Each person connects their own account.',
    ...consumersOf(datasource),
  ],
  none: datasource => {
    const { lastError } = datasource.status;
    if (lastError) return [...causeOf(lastError), ...obtain(datasource)];
    return datasource.source === 'config' && !needsApproval(datasource)
      ? [
          'Nothing. Backstage requests a token when a plugin first needs one.',
          ...consumersOf(datasource),
        ]
      : obtain(datasource);
  },
  cleared: obtain,
  refused: obtain,
  doubtful: obtain,
  settings_changed: obtain,
  expired: datasource => [
    ...obtain(datasource),
    ...(isFromSettings(datasource.auth) ? [] : [REFRESHABLE]),
  ],
  renewal_failing: ({ status }) => [
    ...causeOf(status.lastError),
    'Backstage retries automatically.',
  ],
  rejected_by_api: ({ status }) => causeOf(status.lastError),
  cannot_sign: ({ status }) => causeOf(status.lastError),
  valid: datasource => [lasting(datasource), ...consumersOf(datasource)],
  no_expiry: datasource => ['Nothing.', ...consumersOf(datasource)],
  signs_on_use: datasource => ['Nothing.', ...consumersOf(datasource)],
  renews_on_use: datasource => ['Nothing.', ...consumersOf(datasource)],
};

/**
 * Returns the steps that fix the status of a datasource. They contain no text of a provider, because programs read
 * them and could follow it as instructions.
 */
export function remediationSteps(view: DatasourceView): string[] {
  if (!('version' in view)) {
    return ['AUTHORIZED', 'PER_USER'].includes(view.status.state)
      ? ['Nothing.']
      : ['Ask someone who manages datasources to open the page.'];
  }
  return STEPS[view.status.reasonCode](view);
}

function obtain(datasource: Datasource): string[] {
  if (isFromSettings(datasource.auth)) return enterAgain(datasource);
  const button = needsApproval(datasource)
    ? 'Get new credential'
    : 'Get access token';
  return [
    `Open the page and select "${button}".`,
    ...whoElse(datasource, datasource.allowed.authorize),
  ];
}

/** The settings hold the credential: it changes with them. */
function enterAgain(datasource: Datasource): string[] {
  const { source, allowed, status } = datasource;
  if (status.reasonCode === 'cleared' && source === 'config') {
    return [
      'Open the page and select "Use the saved secret again".',
      ...whoElse(datasource, allowed.authorize),
    ];
  }
  return source === 'config'
    ? [`Set the secret again ${declaredAt(datasource)}.`]
    : [
        'Open the page, enter the secret again and save.',
        ...whoElse(datasource, allowed.update),
      ];
}

/** Whether a person must approve at the provider. */
function needsApproval({ auth }: Datasource): boolean {
  const oauth = oauth2Settings(auth);
  return oauth !== undefined && isApprovedByPerson(oauth.grantType);
}

function lasting({ auth, status }: Datasource): string {
  if (status.renewable) return 'Nothing. Backstage refreshes it automatically.';
  return isFromSettings(auth)
    ? 'Nothing now. A person must enter a new secret before it expires.'
    : "Nothing now. It can't be refreshed: a person must get a new credential before it expires.";
}

function declaredAt({ name }: Datasource): string {
  return `under datasourceAuth.datasources.${name} in the configuration`;
}

function causeOf(error: LastError | undefined): string[] {
  return [error?.cause, error?.remedy].filter(text => text !== undefined);
}

function whoElse({ owner }: Datasource, allowed: boolean): string[] {
  if (allowed) return [];
  return [
    `You don't have permission to do this. Ask ${
      owner ?? 'someone who manages datasources'
    }.`,
  ];
}

function consumersOf({ consumers }: Datasource): string[] {
  if (consumers === '*') return [];
  return [
    consumers.length === 0
      ? 'No plugin may use it yet: the list of consumers is empty.'
      : `If a plugin is rejected, it isn't one of the consumers: ${consumers.join(
          ', ',
        )}.`,
  ];
}
