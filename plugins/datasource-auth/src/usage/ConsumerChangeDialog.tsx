import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { SafeButton, useElementId } from '../frame';
import { useText } from '../translation';

/** Props of {@link ConsumerChangeDialog}. */
export interface ConsumerChangeDialogProps {
  plugin: string;
  /** Whether it is to be allowed; else blocked. */
  allow: boolean;
  title: string;
  /** Tokens it took in the last 24 hours. */
  handOuts24h: number;
  busy: boolean;
  onConfirm: () => void;
  onKeep: () => void;
}

/** Asks before a plugin may take tokens, or may no longer, and says what follows. */
export const ConsumerChangeDialog = (props: ConsumerChangeDialogProps) => {
  const { plugin, allow, title, handOuts24h, busy, onConfirm, onKeep } = props;
  const t = useText();
  const id = useElementId();
  return (
    <Dialog
      open
      onClose={onKeep}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
    >
      <DialogTitle id={`${id}-title`}>
        {t(allow ? 'usage.allowTitle' : 'usage.blockTitle', { plugin })}
      </DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`}>
          {t(allow ? 'usage.allowText' : 'usage.blockText', { plugin, title })}
          {!allow &&
            handOuts24h > 0 &&
            ` ${t('usage.blockUsed', { count: handOuts24h })}`}{' '}
          {t('usage.immediate')}
        </DialogContentText>
      </DialogContent>
      <DialogActions>
        <SafeButton onClick={onKeep}>{t('usage.keep')}</SafeButton>
        <Button disabled={busy} onClick={onConfirm}>
          {t(allow ? 'usage.allow' : 'usage.block')}
        </Button>
      </DialogActions>
    </Dialog>
  );
};
