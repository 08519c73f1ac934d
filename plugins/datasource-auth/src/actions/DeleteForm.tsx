import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  DatasourceAuthError,
  GrantOrKind,
  isHeldBySettings,
} from 'backstage-plugin-datasource-auth-common';
import {
  datasourceAuthApiRef,
  useErrorText,
} from 'backstage-plugin-datasource-auth-react';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { ImpactLine } from '../impact/ImpactLine';
import { useImpact } from '../impact/useImpact';
import {
  ConfirmDialog,
  LabelledCheckbox,
  Notice,
  useElementId,
} from '../frame';
import { useText } from '../translation';

/** Props of {@link DeleteForm}. */
export interface DeleteFormProps {
  name: string;
  title: string;
  grantType: GrantOrKind;
  onDeleted: () => void;
  onKeep: () => void;
}

/** Confirms deleting a datasource. If it is in use, lists its consumers and asks for its name. */
export const DeleteForm = (props: DeleteFormProps) => {
  const { name, title, grantType, onDeleted, onKeep } = props;
  const isRevocable = !isHeldBySettings(grantType);
  const t = useText();
  const errorText = useErrorText();
  const id = useElementId();
  const api = useApi(datasourceAuthApiRef);
  const [revoke, setRevoke] = useState(isRevocable);
  const [error, setError] = useState<DatasourceAuthError>();
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const { value: impact } = useImpact(name);
  // The backend decides: very recent use may not be counted here yet.
  const inUse = error?.code === 'in_use' || Boolean(impact?.consumers.length);

  const confirm = async () => {
    setBusy(true);
    try {
      await api.deleteDatasource(name, { revoke, force: inUse });
      onDeleted();
    } catch (thrown) {
      setError(thrown as DatasourceAuthError);
      setBusy(false);
    }
  };

  return (
    <ConfirmDialog
      title={t('list.delete.title', { title })}
      text={t('list.delete.text')}
      keep={t('list.delete.keep')}
      confirm={t('list.delete.confirm')}
      destructive
      disabled={busy || (inUse && typed !== name)}
      onKeep={onKeep}
      onConfirm={confirm}
    >
      {error?.code !== 'in_use' && <ImpactLine name={name} />}
      {error && (
        <Notice severity={error.code === 'in_use' ? 'warning' : 'error'} alert>
          {error.code === 'in_use'
            ? t('list.delete.inUse', { message: errorText(error) })
            : errorText(error)}
        </Notice>
      )}
      {inUse && (
        <>
          {/* Above the field: it is longer than a phone is wide. */}
          <Typography component="label" htmlFor={`${id}-confirm`}>
            {t('list.delete.confirmName', { name })}
          </Typography>
          <TextField
            id={`${id}-confirm`}
            fullWidth
            variant="outlined"
            size="small"
            value={typed}
            onChange={event => setTyped(event.target.value)}
          />
        </>
      )}
      {isRevocable && (
        <LabelledCheckbox
          label={t('list.delete.revoke')}
          checked={revoke}
          onChange={setRevoke}
        />
      )}
    </ConfirmDialog>
  );
};
