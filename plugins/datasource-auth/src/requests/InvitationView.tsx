import { AuthorizationRequestInvitation } from 'backstage-plugin-datasource-auth-common';
import { DateTime } from 'backstage-plugin-datasource-auth-react';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Notice, ReasonButton } from '../frame';
import { personName } from '../frame/personName';
import { Text, useText } from '../translation';

const useStyles = makeStyles(theme => ({
  card: { maxWidth: 640, padding: theme.spacing(3) },
  message: {
    margin: theme.spacing(2, 0),
    padding: theme.spacing(1, 2),
    borderLeft: `3px solid ${theme.palette.divider}`,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  facts: { ...theme.typography.body1, margin: theme.spacing(2, 0) },
  term: { ...theme.typography.body2, color: theme.palette.text.secondary },
  value: { margin: theme.spacing(0, 0, 2), overflowWrap: 'anywhere' },
  host: { fontWeight: 600 },
  list: { margin: 0, paddingLeft: theme.spacing(3) },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

const STANDARD_SCOPES = [
  'openid',
  'profile',
  'email',
  'offline_access',
] as const;

/** Returns the description of a scope, if known. */
function scopeInWords(
  t: Text,
  { scope, description }: { scope: string; description?: string },
): string | undefined {
  const standard = STANDARD_SCOPES.find(known => known === scope);
  return description ?? (standard && t(`request.scope.${standard}`));
}

const Scopes = (props: {
  scopes: Array<{ scope: string; description?: string }>;
}) => {
  const t = useText();
  const classes = useStyles();
  if (!props.scopes.length) return <>{t('request.page.noScopes')}</>;
  return (
    <ul className={classes.list}>
      {props.scopes.map(one => {
        const words = scopeInWords(t, one);
        return (
          <li key={one.scope}>
            {words && `${words} `}
            <code lang="en">{words ? `(${one.scope})` : one.scope}</code>
          </li>
        );
      })}
    </ul>
  );
};

const Consumers = ({ consumers }: { consumers: '*' | string[] }) => {
  const t = useText();
  const classes = useStyles();
  if (consumers === '*') return <>{t('request.page.actsAny')}</>;
  if (!consumers.length) return <>{t('request.page.actsNobody')}</>;
  return (
    <>
      {t('request.page.acts')}
      <ul className={classes.list}>
        {consumers.map(plugin => (
          <li key={plugin}>{plugin}</li>
        ))}
      </ul>
    </>
  );
};

/** Props of {@link InvitationView}. */
export interface InvitationViewProps {
  invitation: AuthorizationRequestInvitation;
  busy?: 'approve' | 'decline';
  onApprove: () => void;
  onDecline: () => void;
}

/** Shows what the recipient is asked to approve, and buttons to approve or decline. */
export const InvitationView = (props: InvitationViewProps) => {
  const { invitation, busy, onApprove, onDecline } = props;
  const { askedBy, askedAt, expiresAt, message, mayAnswer, title } = invitation;
  const t = useText();
  const classes = useStyles();
  const asker = personName(askedBy);
  const { approval } = invitation;
  if (!approval) return null;
  const host = approval.providerHost;
  return (
    <Paper variant="outlined" className={classes.card}>
      <Typography>{t('request.page.asks', { asker, title })}</Typography>
      <Typography variant="body2" color="textSecondary">
        {t('request.page.until', {
          when: <DateTime value={askedAt} />,
          until: <DateTime value={expiresAt} format="clock" />,
        })}
      </Typography>
      {message && (
        <Typography
          component="blockquote"
          className={classes.message}
          aria-label={t('request.page.message', { asker })}
        >
          {message}
        </Typography>
      )}
      <dl className={classes.facts}>
        <dt className={classes.term}>{t('request.page.provider')}</dt>
        <dd className={`${classes.value} ${classes.host}`}>{host}</dd>
        <dt className={classes.term}>{t('request.page.scopes')}</dt>
        <dd className={classes.value}>
          <Scopes scopes={approval.scopes} />
        </dd>
        <dt className={classes.term}>{t('request.page.plugins')}</dt>
        <dd className={classes.value}>
          <Consumers consumers={approval.consumers} />
        </dd>
      </dl>
      {mayAnswer ? (
        <>
          <div className={classes.buttons}>
            <ReasonButton
              variant="contained"
              color="primary"
              size="large"
              reason={
                busy === 'approve'
                  ? t('request.page.approving', { host })
                  : undefined
              }
              onClick={onApprove}
            >
              {t('request.page.approve', { host })}
            </ReasonButton>
            <ReasonButton
              variant="outlined"
              size="large"
              onClick={() => busy || onDecline()}
            >
              {t('request.page.decline')}
            </ReasonButton>
          </div>
          <Box mt={2}>
            <Typography variant="body2" color="textSecondary">
              {t('request.page.hint', { host })}
            </Typography>
          </Box>
        </>
      ) : (
        <Notice severity="info">{t('request.page.notYours')}</Notice>
      )}
    </Paper>
  );
};
