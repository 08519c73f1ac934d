import {
  Authorization,
  Datasource,
  DatasourceAuthError,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceAuthApi } from 'backstage-plugin-datasource-auth-react';
import { EditorValues } from '../settings/settingsForm';
import { SettingsStart } from '../settings/settingsStart';

/** The data that an editor starts from. */
export interface EditorStart {
  datasource?: Datasource;
  restored?: Authorization;
  /** Whether the draft in the address no longer exists. */
  draftGone: boolean;
  duplicateOf?: Datasource;
  /** Settings that a new datasource starts with. */
  given?: SettingsStart;
  /** A form that was begun elsewhere. */
  values?: EditorValues;
  passwordGrantEnabled: boolean;
  callbackUrl?: string;
}

/** Loads the data that an editor starts from: what its address refers to, and the health report. */
export async function loadEditorStart(
  api: DatasourceAuthApi,
  name: string | undefined,
  draft: string | null,
  from: string | null,
): Promise<EditorStart> {
  const [datasource, restored, duplicateOf, health] = await Promise.all([
    name ? api.getDatasource(name) : undefined,
    draft
      ? api.getAuthorization(draft).catch((error: DatasourceAuthError) => error)
      : undefined,
    from ? api.getDatasource(from) : undefined,
    // Without the health report, the form still works but can't show the redirect URI.
    api.getHealth().catch(() => undefined),
  ]);
  const gone =
    restored instanceof Error ||
    (restored !== undefined && restored.status === 'consumed');
  return {
    datasource,
    restored: restored instanceof Error || gone ? undefined : restored,
    draftGone: gone && restored instanceof Error,
    duplicateOf,
    passwordGrantEnabled: health?.passwordGrantEnabled ?? true,
    callbackUrl: health?.callbackUrl,
  };
}
