import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Datasource,
  DatasourceAuthError,
  DatasourceWrite,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { AuthorizationPanelModel } from '../authorization/useAuthorizationPanel';
import { Failure } from '../failures/failure';
import { changedFields, formOfSettings } from '../settings/settingsForm';
import { get } from 'react-hook-form';
import { EditorStart } from './editorStart';
import { useText } from '../translation';
import { saveFailure } from './saveFailure';
import { EditorForm } from './useEditorForm';

/**
 * Saves with one request and holds the result: saved, field errors, or a conflict with someone else's newer version.
 */
export function useSave(options: { start: EditorStart; editor: EditorForm }) {
  const { start, editor } = options;
  const t = useText();
  const api = useApi(datasourceAuthApiRef);
  const [datasource, setDatasource] = useState<Datasource | undefined>(
    start.datasource,
  );
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [conflict, setConflict] = useState<Datasource>();

  const save = async (
    panel: Pick<
      AuthorizationPanelModel,
      'credential' | 'draftId' | 'triedWith'
    >,
  ): Promise<Datasource | 'out_of_date' | undefined> => {
    const settings = editor.settings();
    if (!settings) return undefined;
    setSaving(true);
    setFailure(undefined);
    const body: DatasourceWrite = {
      ...settings,
      credential: panel.credential,
      authorizationId: panel.draftId,
      testedAuthorizationId: panel.triedWith(settings),
    };
    try {
      return datasource
        ? await api.updateDatasource(datasource.name, body, {
            version: datasource.version,
          })
        : await api.createDatasource(body);
    } catch (thrown) {
      const error = thrown as DatasourceAuthError;
      if (error.code === 'version_conflict' && datasource) {
        await api.getDatasource(datasource.name).then(setConflict, later => {
          setFailure(saveFailure(later, t));
        });
        return undefined;
      }
      if (error.code === 'credential_out_of_date') return 'out_of_date';
      const { fields, fieldTexts } = error;
      if (fields) editor.showServerFaults({ fields, fieldTexts });
      setFailure(saveFailure(error, t));
      return undefined;
    } finally {
      setSaving(false);
    }
  };

  const rebase = (theirs: Datasource) => {
    setDatasource(theirs);
    editor.setBase(theirs);
    setConflict(undefined);
  };

  return {
    datasource,
    saving,
    failure,
    conflict,
    save,
    /** Clears the result of the last save. Returns the latest known saved version. */
    dismiss: () => {
      setFailure(undefined);
      if (conflict) rebase(conflict);
      return conflict ?? datasource;
    },
    /** Keeps the form and bases it on their version: Save overwrites it. */
    keepMine: () => conflict && rebase(conflict),
    /** Takes over their changes; settings that only this user changed are kept. */
    takeTheirs: () => {
      if (!conflict) return;
      const theirs = formOfSettings(conflict);
      for (const field of changedFields(editor.baseValues, theirs))
        editor.form.setValue(field.path, get(theirs, field.path));
      rebase(conflict);
    },
  };
}
