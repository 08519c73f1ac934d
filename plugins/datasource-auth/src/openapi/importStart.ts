import {
  OpenApiProposal,
  SettingsDraft,
} from 'backstage-plugin-datasource-auth-common';
import { nameFromTitle } from '../settings/nameFromTitle';
import { SettingsStart } from '../settings/settingsStart';

/** Creates the location state that opens the connect flow with imported settings: with a name if the API has a title. */
export function importStartState(
  proposal: OpenApiProposal,
  settings: SettingsDraft,
  advice: string,
): { given: SettingsStart } {
  const title = proposal.title ?? settings.importedFrom?.scheme ?? '';
  return {
    given: {
      title,
      caveat: advice,
      settings: {
        ...settings,
        ...(settings.title && { name: nameFromTitle(settings.title) }),
      },
    },
  };
}
