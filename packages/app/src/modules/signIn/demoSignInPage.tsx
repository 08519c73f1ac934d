import { ProxiedSignInPage } from '@backstage/core-components';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { demoPerson } from './demoPerson';

/** Signs in every visitor without a click: as the guest, or as the person of the demo that they chose. */
export const demoSignInPage = SignInPageBlueprint.make({
  params: {
    loader: async () => props => {
      const person = demoPerson();
      return person ? (
        <ProxiedSignInPage
          {...props}
          provider="demo-people"
          headers={{ 'x-demo-person': person }}
        />
      ) : (
        <ProxiedSignInPage {...props} provider="guest" />
      );
    },
  },
});
