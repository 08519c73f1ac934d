import { useEffect, useRef, useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ConnectionDoubt } from 'backstage-plugin-datasource-auth-common';
import { useText } from '../translation/useText';
import { TermsList } from './TermsList';
import { AccountToConfirm } from './useConnectAttempt';

const useStyles = makeStyles({
  question: {
    // Small enough for most accounts on a phone.
    fontSize: '1.0625rem',
    lineHeight: 1.4,
    overflowWrap: 'anywhere',
    '&:focus': { outline: 'none' },
  },
});

/** Props of {@link ConfirmAccountDialog}. */
export interface ConfirmAccountDialogProps {
  /** Display name of the datasource. */
  title: string;
  toConfirm: AccountToConfirm;
  confirming: boolean;
  onConfirm: (acknowledged: ConnectionDoubt[]) => void;
  onRefuse: () => void;
}

/**
 * Asks whether the account at the provider is the user's own. A doubt about it is a second question, so that nobody
 * confirms it with the first click.
 */
export const ConfirmAccountDialog = (props: ConfirmAccountDialogProps) => {
  const { title, toConfirm, confirming, onConfirm, onRefuse } = props;
  const { account, terms, doubts, missingScopes } = toConfirm;
  const t = useText();
  const classes = useStyles();
  const [seen, setSeen] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const asksAgain = seen && doubts.length > 0;
  const id = `datasource-auth-confirm-${toConfirm.authorizationId}`;

  useEffect(() => {
    if (asksAgain) heading.current?.focus();
  }, [asksAgain]);

  let question: string = t('connection.confirm.unnamed');
  if (account !== undefined)
    question = t('connection.confirm.title', { account });
  if (asksAgain) question = t('connection.confirm.doubtTitle');
  return (
    <Dialog
      open
      maxWidth="xs"
      fullWidth
      onClose={onRefuse}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
    >
      <DialogTitle id={`${id}-title`} disableTypography>
        <Typography
          ref={heading}
          variant="h6"
          component="h2"
          tabIndex={-1}
          className={classes.question}
        >
          {question}
        </Typography>
      </DialogTitle>
      <DialogContent id={`${id}-text`}>
        {asksAgain ? (
          <>
            {doubts.map(doubt => (
              <Typography key={doubt} variant="body2" paragraph>
                {t(`connection.doubt.${doubt}`)}
              </Typography>
            ))}
            <Typography variant="body2">
              <strong>{t('connection.confirm.onlyYours')}</strong>
            </Typography>
          </>
        ) : (
          <>
            {account === undefined && (
              <Typography variant="body2" paragraph>
                {t('connection.confirm.notNamed')}
              </Typography>
            )}
            <Typography variant="body2">
              {t('connection.confirm.text', { title })}
            </Typography>
            <TermsList
              terms={terms}
              scopes={terms.scopes.filter(
                scope => !missingScopes.includes(scope),
              )}
            />
            {missingScopes.length > 0 && (
              <Typography variant="body2" paragraph>
                <strong>
                  {t('connection.confirm.missing', {
                    scopes: missingScopes.join(', '),
                  })}
                </strong>
              </Typography>
            )}
            <Typography variant="body2" color="textSecondary">
              {t('connection.confirm.end')}
            </Typography>
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button disabled={confirming} onClick={onRefuse}>
          {t('connection.confirm.refuse')}
        </Button>
        {doubts.length > 0 && !asksAgain ? (
          <Button
            variant="contained"
            color="primary"
            onClick={() => setSeen(true)}
          >
            {t('connection.confirm.next')}
          </Button>
        ) : (
          <Button
            variant={asksAgain ? 'text' : 'contained'}
            color="primary"
            disabled={confirming}
            onClick={({ detail }) => {
              // The second click of a double click on the first question answers nothing.
              if (detail < 2) onConfirm(doubts);
            }}
          >
            {t(
              asksAgain
                ? 'connection.confirm.anyway'
                : 'connection.confirm.confirm',
            )}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
};
