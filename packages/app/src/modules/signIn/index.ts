import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { demoSignInPage } from './demoSignInPage';

export { demoPerson, signInAs } from './demoPerson';

export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [demoSignInPage],
});
