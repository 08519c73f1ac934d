import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  AuthorizationRequestEntry,
  MAX_REQUEST_MESSAGE,
  renderMessages,
} from 'backstage-plugin-datasource-auth-common';
import {
  faultsOf,
  requestRecipientSchema,
} from 'backstage-plugin-datasource-auth-common/schemas';
import {
  datasourceAuthApiRef,
  useBackendText,
  useErrorText,
} from 'backstage-plugin-datasource-auth-react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import { Notice, SafeButton, useElementId } from '../frame';
import { UserOrGroupField } from '../frame/UserOrGroupField';
import { useText } from '../translation';
import { AskedLink } from './AskedLink';

const DAYS = [1, 3, 7, 14];
const DEFAULT_DAYS = 3;
const HOURS_A_DAY = 24;

/** Props of {@link AskForm}. */
export interface AskFormProps {
  /** Name of the saved datasource. */
  datasource: string;
  title: string;
  onAsked: () => void;
  onClose: () => void;
}

/** The dialog of `AskDialog`. */
export const AskForm = (props: AskFormProps) => {
  const { datasource, title, onAsked, onClose } = props;
  const t = useText();
  const text = useBackendText();
  const errorText = useErrorText();
  const id = useElementId();
  const api = useApi(datasourceAuthApiRef);
  const [recipient, setRecipient] = useState('');
  const [message, setMessage] = useState('');
  const [days, setDays] = useState(DEFAULT_DAYS);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [fault, setFault] = useState<string>();
  const [asked, setAsked] = useState<AuthorizationRequestEntry>();

  const ask = async () => {
    const to = recipient.trim();
    const parsed = requestRecipientSchema.safeParse(to);
    setError(undefined);
    setFault(undefined);
    if (to && !parsed.success) {
      const texts = Object.values(faultsOf(parsed.error, to));
      setFault(text(texts, renderMessages(texts)));
      return;
    }
    setBusy(true);
    try {
      const entry = await api.createAuthorizationRequest({
        datasource,
        recipient: parsed.data,
        message: message.trim() || undefined,
        validForHours: days * HOURS_A_DAY,
      });
      setAsked(entry);
      onAsked();
    } catch (thrown) {
      setError(errorText(thrown));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={onClose}
      aria-labelledby={`${id}-title`}
    >
      <DialogTitle id={`${id}-title`}>
        {asked ? t('request.link.title') : t('request.dialog.title', { title })}
      </DialogTitle>
      {asked ? (
        <AskedLink asked={asked} title={title} onClose={onClose} />
      ) : (
        <>
          <DialogContent>
            <DialogContentText>{t('request.dialog.text')}</DialogContentText>
            {error && (
              <Notice severity="error" alert>
                {error}
              </Notice>
            )}
            <UserOrGroupField
              id={`${id}-recipient`}
              label={t('request.dialog.recipient')}
              value={recipient}
              error={Boolean(fault)}
              helperText={fault ?? t('request.dialog.recipientHelp')}
              onChange={setRecipient}
            />
            <TextField
              id={`${id}-message`}
              label={t('request.dialog.message')}
              fullWidth
              margin="normal"
              variant="outlined"
              size="small"
              value={message}
              helperText={t('request.dialog.messageHelp')}
              inputProps={{ maxLength: MAX_REQUEST_MESSAGE }}
              onChange={event => setMessage(event.target.value)}
            />
            <TextField
              id={`${id}-expiry`}
              select
              label={t('request.dialog.expiry')}
              margin="normal"
              variant="outlined"
              size="small"
              SelectProps={{ native: true }}
              // Wide enough for its label on one line.
              style={{ minWidth: 200 }}
              value={days}
              onChange={event => setDays(Number(event.target.value))}
            >
              {DAYS.map(count => (
                <option key={count} value={count}>
                  {t('request.dialog.days', { count })}
                </option>
              ))}
            </TextField>
          </DialogContent>
          <DialogActions>
            <SafeButton onClick={onClose}>
              {t('request.dialog.cancel')}
            </SafeButton>
            <Button color="primary" disabled={busy} onClick={ask}>
              {t('request.dialog.send')}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
};
