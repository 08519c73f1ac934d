import {
  Datasource,
  formatRequiredSettings,
  LastError,
  StatusReason,
  GRANTS,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceView } from '../reading/DatasourceViews';

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
    'Where it is lost, enter the secrets again on the page and get a new credential.',
    ...whoElse(datasource, datasource.allowed.authorize),
  ],
  quarantined: () => [
    'Where this installation moved, set datasourceAuth.adoptCredentials to the callback URL that the setup checks on the page show.',
    'Where it is a copy, get it credentials of its own. Those of the original would be used up.',
  ],
  none: datasource => {
    const { lastError } = datasource.status;
    if (lastError) return [...causeOf(lastError), ...obtain(datasource)];
    return datasource.source === 'config' && !needsApproval(datasource)
      ? [
          'Nothing. The token is asked for when the first plugin needs one.',
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
    'To have it renewed by itself from then on, ask the provider for a refresh token; many need the scope offline_access.',
  ],
  renewal_failing: ({ status }) => [
    ...causeOf(status.lastError),
    'It is tried again by itself.',
  ],
  rejected_by_api: ({ status }) => causeOf(status.lastError),
  valid: datasource => [
    datasource.status.renewable
      ? 'Nothing. It is renewed by itself.'
      : 'Nothing now. It is not renewed by itself: a person gets a new credential before it expires.',
    ...consumersOf(datasource),
  ],
  no_expiry: datasource => ['Nothing.', ...consumersOf(datasource)],
  renews_on_use: datasource => ['Nothing.', ...consumersOf(datasource)],
};

/**
 * What a person does about the status of a datasource, step by step. All of it are our own words: what a provider said
 * stays on the page, since these steps are read by programs that take text for instructions.
 */
export function remediationSteps(view: DatasourceView): string[] {
  if (!('version' in view)) {
    return view.status.state === 'AUTHORIZED'
      ? ['Nothing.']
      : ['Somebody who manages datasources opens the page.'];
  }
  return STEPS[view.status.reasonCode](view);
}

function obtain(datasource: Datasource): string[] {
  const button = needsApproval(datasource)
    ? 'Get new credential'
    : 'Get access token';
  return [
    `Open the page and press "${button}".`,
    ...whoElse(datasource, datasource.allowed.authorize),
  ];
}

/** A person has to approve at the provider. */
function needsApproval({ auth }: Datasource): boolean {
  return GRANTS[auth.grantType].approval === 'person';
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
    `You may not do this yourself. Ask ${
      owner ?? 'somebody who manages datasources'
    }.`,
  ];
}

function consumersOf({ consumers }: Datasource): string[] {
  if (consumers === '*') return [];
  return [
    consumers.length === 0
      ? 'No plugin may use it yet: none is on the list of consumers.'
      : `A plugin that is refused is not on the list of consumers: ${consumers.join(
          ', ',
        )}.`,
  ];
}
