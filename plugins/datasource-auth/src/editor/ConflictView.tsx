import { DateTime } from 'backstage-plugin-datasource-auth-react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { Datasource } from 'backstage-plugin-datasource-auth-common';
import { get } from 'react-hook-form';
import { Notice } from '../frame';
import { FieldSpec } from '../kinds';
import { personName } from '../frame/personName';
import { ConsumersDraft, ValueRow } from '../settings/fieldCodec';
import {
  changedFields,
  EditorValues,
  formOfSettings,
} from '../settings/settingsForm';
import { Text, useText } from '../translation';

/** Props of {@link ConflictView}. */
export interface ConflictViewProps {
  /** The version that this editor started from. */
  before: EditorValues;
  mine: EditorValues;
  theirs: Datasource;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}

function inWords(t: Text, field: FieldSpec, form: EditorValues): string {
  const value = get(form, field.path);
  if (value === null) return t('flag.none');
  if (field.kind === 'secret') return t('editor.conflict.secret');
  if (field.kind === 'consumers') {
    const { mode, plugins } = value as ConsumersDraft;
    return mode === 'any'
      ? t('editor.consumers.any')
      : plugins || t('editor.conflict.empty');
  }
  if (Array.isArray(value))
    return (
      (value as ValueRow[])
        .map(row => `${row.key}=${row.secret ? '••••' : row.value}`)
        .join(', ') || t('editor.conflict.empty')
    );
  return String(value) || t('editor.conflict.empty');
}

/** Shown if someone else saved first: who, when, and which settings, with a choice of which version to keep. */
export const ConflictView = (props: ConflictViewProps) => {
  const { before, mine, theirs, onKeepMine, onTakeTheirs } = props;
  const t = useText();
  const theirForm = formOfSettings(theirs);
  const changed = changedFields(before, theirForm);
  const when = <DateTime value={theirs.updatedAt} />;
  return (
    <Notice severity="warning" alert>
      <Typography variant="subtitle2" component="p">
        {theirs.updatedBy
          ? t('editor.conflict.title', {
              who: personName(theirs.updatedBy),
              when,
            })
          : t('editor.conflict.titleUnknown', { when })}
      </Typography>
      <Typography variant="body2">
        {t(changed.length ? 'editor.conflict.text' : 'editor.conflict.none')}
      </Typography>
      <ul>
        {changed.map(field => (
          <li key={field.id}>
            <strong>{t(`field.${field.id}`)}</strong>:{' '}
            {t('editor.conflict.mine')} {inWords(t, field, mine)} –{' '}
            {t('editor.conflict.theirs')} {inWords(t, field, theirForm)}
          </li>
        ))}
      </ul>
      <Box display="flex" flexWrap="wrap" mt={1} style={{ gap: 8 }}>
        <Button size="small" variant="outlined" onClick={onKeepMine}>
          {t('editor.conflict.keepMine')}
        </Button>
        <Button size="small" variant="outlined" onClick={onTakeTheirs}>
          {t('editor.conflict.takeTheirs')}
        </Button>
      </Box>
    </Notice>
  );
};
