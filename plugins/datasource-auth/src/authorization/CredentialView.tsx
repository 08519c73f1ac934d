import { ReactNode } from 'react';
import {
  DateTime,
  ReasonLine,
  StatusMarker,
} from 'backstage-plugin-datasource-auth-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  DatasourceStatus,
  GrantOrKind,
  isApprovedByPerson,
  StagedCredential,
} from 'backstage-plugin-datasource-auth-common';
import { useText } from '../translation';

const useStyles = makeStyles(theme => ({
  list: { ...theme.typography.body2, margin: theme.spacing(1, 0) },
  // On a phone, every value goes below its name for consistency.
  row: {
    display: 'flex',
    gap: theme.spacing(1),
    marginTop: 4,
    [theme.breakpoints.down('xs')]: { display: 'block' },
  },
  term: { flex: '0 0 130px', color: theme.palette.text.secondary },
  value: { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
  valid: {
    color: theme.palette.type === 'dark' ? '#7ddb92' : '#1b6b34',
    fontWeight: 600,
  },
}));

/** The properties of a credential that the user may see. */
export interface CredentialFacts {
  account?: string;
  expiresAt?: number;
  hasRefreshToken: boolean;
  /** Whether it can be refreshed without a person. */
  renewable?: boolean;
  scope?: string;
  missingScopes?: string[];
}

/** Shows for example "Valid access token – until 14:20", where no approval was needed. */
const ValidToken = ({ expiresAt }: { expiresAt?: number }) => {
  const t = useText();
  const classes = useStyles();
  return (
    <Typography className={classes.valid}>
      {expiresAt
        ? t('panel.validTokenUntil', {
            time: <DateTime value={expiresAt} format="clock" />,
          })
        : t('panel.validToken')}
    </Typography>
  );
};

/** Shows account, access token, refresh token, and scopes of a credential, but never the tokens themselves. */
export const CredentialRows = (props: {
  credential: CredentialFacts;
  grantType: GrantOrKind;
  /** Leaves out the granted scopes, which are shown elsewhere. */
  withoutScopes?: boolean;
  children?: ReactNode;
}) => {
  const { credential, grantType, withoutScopes, children } = props;
  const { account, expiresAt, hasRefreshToken, scope, missingScopes } =
    credential;
  const t = useText();
  const classes = useStyles();
  const row = (term: string, value: ReactNode) => (
    <div className={classes.row}>
      <dt className={classes.term}>{term}</dt>
      <dd className={classes.value}>{value}</dd>
    </div>
  );
  const byPerson = isApprovedByPerson(grantType);
  return (
    <>
      {!byPerson && <ValidToken expiresAt={expiresAt} />}
      <dl className={classes.list}>
        {account && row(t('panel.actsAs'), t('panel.fromIdToken', { account }))}
        {(byPerson || !expiresAt) &&
          row(
            t('panel.accessToken'),
            expiresAt ? (
              <span className={classes.valid}>
                {t('panel.validUntil', {
                  time: <DateTime value={expiresAt} format="clock" />,
                  relative: <DateTime value={expiresAt} />,
                })}
              </span>
            ) : (
              t('panel.noExpiry')
            ),
          )}
        {(byPerson || hasRefreshToken) &&
          row(
            t('panel.refreshToken'),
            hasRefreshToken ? (
              <>
                <span aria-hidden>•••••••• </span>
                {t('panel.refreshReceived')}
              </>
            ) : (
              t('panel.refreshNone')
            ),
          )}
        {scope &&
          !withoutScopes &&
          row(
            t('panel.grantedScopes'),
            <>
              {scope}
              {missingScopes && missingScopes.length > 0 && (
                <strong>
                  {' ⚠ '}
                  {t('panel.notGranted', { scopes: missingScopes.join(', ') })}
                </strong>
              )}
            </>,
          )}
        {children}
      </dl>
      {byPerson && expiresAt && !hasRefreshToken && !credential.renewable && (
        <Typography variant="body2">{t('panel.wontRenew')}</Typography>
      )}
    </>
  );
};

/** Shows a credential that is waiting to be saved, next to the one in use until then. */
export const StagedCredentialView = (props: {
  credential: StagedCredential;
  grantType: GrantOrKind;
  saved?: DatasourceStatus;
  announced?: boolean;
}) => {
  const { credential, grantType, saved, announced } = props;
  const t = useText();
  const classes = useStyles();
  return (
    <>
      {!announced && (
        <Typography variant="body2">{t('panel.obtainedNow')}</Typography>
      )}
      <CredentialRows credential={credential} grantType={grantType}>
        <div className={classes.row}>
          <dt className={classes.term}>{t('panel.inUse')}</dt>
          <dd className={classes.value}>
            {saved?.state === 'AUTHORIZED' ? (
              <>
                <StatusMarker state={saved.state} />{' '}
                <ReasonLine status={saved} /> – {t('panel.inUseAuthorized')}
              </>
            ) : (
              t('panel.inUseNothing')
            )}
          </dd>
        </div>
      </CredentialRows>
    </>
  );
};
