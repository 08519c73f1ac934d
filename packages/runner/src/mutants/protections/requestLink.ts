import { ProtectedPackage } from '../Protection';

const LINK = 'requests/requestLink.ts';
const LINK_TEST = 'requests/requestLink.test.tsx';

export const requestLink: ProtectedPackage = {
  folder: 'plugins/datasource-auth',
  protections: [
    {
      name: 'the secret of a link leaves the address before the app reads it',
      file: LINK,
      code: '  hide();\n',
      off: '',
      test: LINK_TEST,
    },
    {
      name: 'the secret of a link pasted into an open page leaves the address, too',
      file: LINK,
      code: "window.addEventListener('popstate', hide);",
      off: '',
      test: LINK_TEST,
    },
  ],
};
