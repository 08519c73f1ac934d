import { ReactNode } from 'react';
import { Impact } from 'backstage-plugin-datasource-auth-common';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { SafeButton, useElementId } from '../frame';
import { impactInWords } from '../impact/impactInWords';
import { FieldId } from '../settings/fields';
import { useText } from '../translation';
import { Consequence } from './saveConsequences';

const InWords = ({ consequence }: { consequence: Consequence }) => {
  const t = useText();
  const listed = (items: string[]) =>
    new Intl.ListFormat(undefined, { type: 'conjunction' }).format(items);
  switch (consequence.kind) {
    case 'account':
      return <>{t('editor.confirm.account', consequence)}</>;
    case 'ends':
      return (
        <>
          {t('editor.confirm.ends', {
            labels: listed(
              consequence.changed.map(id => t(`field.${id as FieldId}`)),
            ),
          })}
        </>
      );
    case 'blocks':
      return (
        <>
          {t('editor.confirm.blocks', {
            plugins: listed(consequence.plugins),
          })}
        </>
      );
    default:
      return <>{t('editor.confirm.clears')}</>;
  }
};

/** Props of {@link SaveConfirmation}. */
export interface SaveConfirmationProps {
  consequences: Consequence[];
  /** Who used the datasource; absent where that could not be found out. */
  impact?: Impact;
  onSave: () => void;
  onCancel: () => void;
}

/** Asks before Save has consequences that the form does not show, and says which, and for whom. */
export const SaveConfirmation = (props: SaveConfirmationProps) => {
  const { consequences, impact, onSave, onCancel } = props;
  const t = useText();
  const id = useElementId();
  const item = (key: string, text: ReactNode) => <li key={key}>{text}</li>;
  return (
    <Dialog
      open
      onClose={onCancel}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
    >
      <DialogTitle id={`${id}-title`}>{t('editor.confirm.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`} component="div">
          {t('editor.confirm.saving')}
          <ul>
            {consequences.map(one =>
              item(one.kind, <InWords consequence={one} />),
            )}
          </ul>
          {impact ? impactInWords(t, impact) : t('impact.unknown')}
        </DialogContentText>
      </DialogContent>
      <DialogActions>
        <SafeButton onClick={onCancel}>{t('editor.guard.stay')}</SafeButton>
        <Button onClick={onSave}>{t('editor.save')}</Button>
      </DialogActions>
    </Dialog>
  );
};
