import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { datasourceAuthTranslations } from 'backstage-plugin-datasource-auth/alpha';
import { datasourceAuthReactTranslations } from 'backstage-plugin-datasource-auth-react';

/** The languages besides English that the settings page offers. */
export const translationsModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    TranslationBlueprint.make({
      name: 'datasource-auth',
      params: { resource: datasourceAuthTranslations },
    }),
    TranslationBlueprint.make({
      name: 'datasource-auth-react',
      params: { resource: datasourceAuthReactTranslations },
    }),
  ],
});
