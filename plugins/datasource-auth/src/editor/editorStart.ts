import {
  Authorization,
  Datasource,
  DatasourceAuthError,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceAuthApi } from 'backstage-plugin-datasource-auth-react';
import { PresetStart } from '../gallery/presetStart';

/** What an editor starts from. */
export interface EditorStart {
  datasource?: Datasource;
  restored?: Authorization;
  /** The draft named in the address is no longer there. */
  draftGone: boolean;
  duplicateOf?: Datasource;
  /** The preset that was chosen for a new datasource. */
  preset?: PresetStart;
  passwordGrantEnabled: boolean;
  callbackUrl?: string;
}

/** Loads what an editor starts from: what its address names, and what the backend says of itself. */
export async function loadEditorStart(
  api: DatasourceAuthApi,
  name: string | undefined,
  draft: string | null,
  from: string | null,
  preset: PresetStart | undefined,
): Promise<EditorStart> {
  const [datasource, restored, duplicateOf, health] = await Promise.all([
    name ? api.getDatasource(name) : undefined,
    draft
      ? api.getAuthorization(draft).catch((error: DatasourceAuthError) => error)
      : undefined,
    from ? api.getDatasource(from) : undefined,
    // Without the setup checks the form works all the same; it only shows no address yet.
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
    preset,
    passwordGrantEnabled: health?.passwordGrantEnabled ?? true,
    callbackUrl: health?.callbackUrl,
  };
}
