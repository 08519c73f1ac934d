import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { Datasource } from 'backstage-plugin-datasource-auth-common';
import { PanelState } from '../authorization/panelState';
import { SafeButton, useElementId } from '../frame';
import { useText } from '../translation';

/** The account that plugins act as now, and the one they act as after Save. */
export interface AccountChange {
  before: string;
  after: string;
}

/** Whether Save would have plugins act as somebody else. Undefined where a provider does not name the accounts. */
export function accountChange(
  saved: Datasource | undefined,
  state: PanelState,
): AccountChange | undefined {
  if (state.kind !== 'staged') return undefined;
  const before = saved?.status.account;
  const after = state.credential.account;
  return before && after && before !== after ? { before, after } : undefined;
}

/** Props of {@link SaveConfirmation}. */
export interface SaveConfirmationProps {
  change: AccountChange;
  consumers: '*' | string[];
  onSave: () => void;
  onCancel: () => void;
}

/** Asks before Save has consequences that the form does not show: plugins would act as somebody else. */
export const SaveConfirmation = (props: SaveConfirmationProps) => {
  const { change, consumers, onSave, onCancel } = props;
  const t = useText();
  const id = useElementId();
  return (
    <Dialog
      open
      onClose={onCancel}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
    >
      <DialogTitle id={`${id}-title`}>{t('editor.confirm.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`}>
          {t('editor.confirm.account', {
            before: change.before,
            after: change.after,
          })}{' '}
          {consumers === '*'
            ? t('panel.anyPluginAffected')
            : t('panel.consumersAffected', { count: consumers.length })}
        </DialogContentText>
      </DialogContent>
      <DialogActions>
        <SafeButton onClick={onCancel}>{t('editor.guard.stay')}</SafeButton>
        <Button onClick={onSave}>{t('editor.save')}</Button>
      </DialogActions>
    </Dialog>
  );
};
