import { createApp } from '@backstage/frontend-defaults';
import { myThingsPlugin } from './modules/myThings';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { translationsModule } from './modules/translations';

/** Plugins are discovered in their packages: `app.packages: all` in app-config.yaml. */
export default createApp({
  features: [myThingsPlugin, navModule, signInModule, translationsModule],
});
