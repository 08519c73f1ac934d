import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { ImpactLine } from '../impact/ImpactLine';
import { useElementId, SafeButton } from '../frame';
import { useText } from '../translation';

/** Props of {@link ClearCredentialDialog}. */
export interface ClearCredentialDialogProps {
  /** Of the saved datasource; absent where nothing is saved yet, which nobody uses. */
  name?: string;
  title: string;
  /** In the editor it waits for Save; elsewhere it happens at once. The dialog says which. */
  effect: 'onSave' | 'immediate';
  onClear: (revoke: boolean) => void;
  onKeep: () => void;
}

/** Asks before the stored tokens go. */
export const ClearCredentialDialog = (props: ClearCredentialDialogProps) => {
  const { name, title, effect, onClear, onKeep } = props;
  const t = useText();
  const id = useElementId();
  const [revoke, setRevoke] = useState(false);
  return (
    <Dialog
      open
      onClose={onKeep}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
    >
      <DialogTitle id={`${id}-title`}>
        {t('panel.clearDialog.title')}
      </DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`}>
          {t('panel.clearDialog.text', { title })}{' '}
          {t(`panel.clearDialog.${effect}`)}
        </DialogContentText>
        {name && <ImpactLine name={name} />}
        <FormControlLabel
          label={t('panel.clearDialog.revoke')}
          control={
            <Checkbox
              color="primary"
              checked={revoke}
              onChange={event => setRevoke(event.target.checked)}
            />
          }
        />
      </DialogContent>
      <DialogActions>
        <SafeButton onClick={onKeep}>{t('panel.clearDialog.keep')}</SafeButton>
        <Button onClick={() => onClear(revoke)}>
          {t('panel.clearDialog.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
