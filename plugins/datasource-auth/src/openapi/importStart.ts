import {
  OpenApiProposal,
  SettingsDraft,
} from 'backstage-plugin-datasource-auth-common';
import { nameFromTitle } from '../settings/nameFromTitle';
import { PresetStart } from '../gallery/presetStart';

/** Creates the location state that opens the editor with imported settings: like a preset's, but with a name. */
export function importStartState(
  proposal: OpenApiProposal,
  settings: SettingsDraft,
  advice: string,
): { preset: PresetStart } {
  const title = proposal.title ?? settings.importedFrom?.scheme ?? '';
  return {
    preset: {
      title,
      caveat: advice,
      settings: {
        ...settings,
        ...(settings.title && { name: nameFromTitle(settings.title) }),
      },
    },
  };
}
