import { AuthorizationRequestEntry } from 'backstage-plugin-datasource-auth-common';
import { clockTime, useLocale } from 'backstage-plugin-datasource-auth-react';
import Box from '@material-ui/core/Box';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import TextField from '@material-ui/core/TextField';
import { CopyButton, SafeButton } from '../frame';
import { useText } from '../translation';
import { formatRecipient } from './formatRecipient';

/** Props of {@link AskedLink}. */
export interface AskedLinkProps {
  asked: AuthorizationRequestEntry;
  title: string;
  onClose: () => void;
}

/** The link of a new approval request. It isn't stored, so it can't be shown again. */
export const AskedLink = ({ asked, title, onClose }: AskedLinkProps) => {
  const t = useText();
  const locale = useLocale();
  const { recipient, expiresAt, link = '' } = asked;
  const until = clockTime(expiresAt, { locale });
  return (
    <>
      <DialogContent>
        <DialogContentText>
          {recipient
            ? t('request.link.toOne', {
                recipient: formatRecipient(recipient),
                until,
              })
            : t('request.link.toAnyone', { title, until })}{' '}
          {t('request.link.once')}
        </DialogContentText>
        <Box display="flex" alignItems="center" style={{ gap: 8 }}>
          <TextField
            fullWidth
            variant="outlined"
            size="small"
            value={link}
            inputProps={{
              readOnly: true,
              'aria-label': t('request.link.label'),
            }}
            onFocus={event => event.target.select()}
          />
          <CopyButton text={link} what={t('request.link.label')} />
        </Box>
      </DialogContent>
      <DialogActions>
        <SafeButton onClick={onClose}>{t('request.link.done')}</SafeButton>
      </DialogActions>
    </>
  );
};
