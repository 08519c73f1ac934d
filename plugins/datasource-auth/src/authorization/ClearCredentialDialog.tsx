import { useState } from 'react';
import {
  GrantOrKind,
  isHeldBySettings,
} from 'backstage-plugin-datasource-auth-common';
import { ConfirmDialog, LabelledCheckbox } from '../frame';
import { ImpactLine } from '../impact/ImpactLine';
import { useText } from '../translation';

/** Props of {@link ClearCredentialDialog}. */
export interface ClearCredentialDialogProps {
  /** Name of the saved datasource; absent if it isn't saved, because then it has no consumers. */
  name?: string;
  title: string;
  grantType: GrantOrKind;
  /**
   * In the editor, clearing takes effect on Save, elsewhere immediately. The page of a datasource says "disconnect",
   * the menu of the list uses the word of the documented systems.
   */
  effect: 'onSave' | 'immediate' | 'disconnect';
  onClear: (revoke: boolean) => void;
  onKeep: () => void;
}

/** Confirms clearing the credential. Only a provider's tokens are deleted, and can be revoked. */
export const ClearCredentialDialog = (props: ClearCredentialDialogProps) => {
  const { name, title, grantType, effect, onClear, onKeep } = props;
  const isHeld = isHeldBySettings(grantType);
  const t = useText();
  const disconnects = effect === 'disconnect';
  const [revoke, setRevoke] = useState(false);
  return (
    <ConfirmDialog
      title={
        disconnects
          ? t('panel.disconnectDialog.title', { title })
          : t('panel.clearDialog.title')
      }
      text={
        <>
          {t(isHeld ? 'panel.clearDialog.textHeld' : 'panel.clearDialog.text', {
            title,
          })}{' '}
          {t(`panel.clearDialog.${disconnects ? 'immediate' : effect}`)}
        </>
      }
      keep={t(
        disconnects ? 'panel.disconnectDialog.keep' : 'panel.clearDialog.keep',
      )}
      confirm={t(
        disconnects
          ? 'panel.disconnectDialog.confirm'
          : 'panel.clearDialog.confirm',
      )}
      destructive
      onKeep={onKeep}
      onConfirm={() => onClear(revoke)}
    >
      {name && <ImpactLine name={name} />}
      {!isHeld && (
        <LabelledCheckbox
          label={t('panel.clearDialog.revoke')}
          checked={revoke}
          onChange={setRevoke}
        />
      )}
    </ConfirmDialog>
  );
};
