import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { translationsModule } from './modules/translations';

/** Plugins are discovered in their packages: `app.packages: all` in app-config.yaml. */
export default createApp({
  features: [navModule, signInModule, translationsModule],
});
