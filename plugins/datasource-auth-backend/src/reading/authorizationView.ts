import {
  Authorization,
  ConnectionDoubt,
  DatasourceSettingsView,
  message,
  missingScopes,
  oauth2Settings,
  renderDiagnosis,
  StagedCredential,
} from 'backstage-plugin-datasource-auth-common';
import { AuthorizationFlow } from '../authorizations/AuthorizationFlow';
import { AuthorizationRow } from '../authorizations/AuthorizationRow';
import { IssuedTokens } from '../oauth/ProviderClient';
import { SERVICE } from '../database/CredentialKey';
import { shownTerms } from '../settings/connectionTerms';
import { viewSettings } from '../settings/secrets';
import { isRenewable } from '../settings/status';

/**
 * Returns an attempt as its user sees it: the form and the staged credential, never a secret. The recipient of an
 * approval request sees nothing of the configuration, and a person who connects an account only what they agree to.
 *
 * @param doubts - why the account of a granted attempt may not be the person's own
 */
export function authorizationView(
  row: AuthorizationRow,
  flow: Pick<AuthorizationFlow, 'staged'>,
  doubts?: ConnectionDoubt[],
): Authorization {
  if (row.requestId) return requestedView(row);
  const staged = flow.staged(row);
  if (row.subject !== SERVICE) {
    return {
      ...{ id: row.id, status: row.status, commit: row.commit },
      ...{ display: row.display, expiresAt: row.expiresAt },
      datasource: row.settings.name,
      connection: { terms: shownTerms(row.settings), doubts },
      staged: staged && stagedView(row, staged),
      error: row.error,
    };
  }
  const infos = Object.fromEntries(
    (row.sealedSecrets ? row.secretPaths : []).map(path => [path, {}]),
  );
  return {
    id: row.id,
    status: row.status,
    commit: row.commit,
    display: row.display,
    datasource: row.datasourceId ? row.settings.name : undefined,
    expiresAt: row.expiresAt,
    settings: viewSettings(
      row.settings,
      infos,
    ) as unknown as DatasourceSettingsView,
    staged: staged && stagedView(row, staged),
    error: row.error,
  };
}

/** Returns an attempt as the recipient of an approval request sees it: its state, and nothing of the configuration. */
function requestedView(row: AuthorizationRow): Authorization {
  const { id, status, commit, display, expiresAt, error } = row;
  return {
    ...{ id, status, commit, display, expiresAt, requested: true },
    error: error && {
      code: error.code,
      ...renderDiagnosis({
        title: error.texts.title,
        cause: [message('sentence.nothingChanged')],
        remedy: [
          message(
            error.retryable ? 'sentence.openLinkAgain' : 'sentence.tellSender',
          ),
        ],
      }),
      retryable: error.retryable,
      details: {},
    },
  };
}

function stagedView(
  row: AuthorizationRow,
  answer: IssuedTokens,
): StagedCredential {
  const { auth, instance } = row.settings;
  const scopes = oauth2Settings(auth)?.scopes ?? [];
  const missing = missingScopes({
    ...{ scopes, instance, granted: answer.scope },
    hasRefreshToken: answer.refreshToken !== undefined,
  });
  return {
    obtainedAt: answer.requestedAt,
    expiresAt: answer.expiresAt,
    refreshExpiresAt: answer.refreshExpiresAt,
    scope: answer.scope,
    missingScopes: missing.length ? missing : undefined,
    hasRefreshToken: answer.refreshToken !== undefined,
    renewable: isRenewable(row.settings, {
      hasRefreshToken: answer.refreshToken !== undefined,
    }),
    account: answer.account,
    tokenType: answer.tokenType || undefined,
  };
}
