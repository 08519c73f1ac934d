/** A user or a technical account of the demo provider. */
export interface DemoAccount {
  username: string;
  password: string;
  name: string;
  email: string;
}

/** Accounts of the demo. Only for the demo: the passwords are public, and shown on the sign-in page. */
export const demoAccounts: DemoAccount[] = [
  {
    username: 'jane',
    password: 'demo',
    name: 'Jane Doe',
    email: 'jane@demo.example',
  },
  {
    username: 'robot',
    password: process.env.DEMO_LEGACY_PASSWORD ?? 'demo-only-robot-password',
    name: 'Legacy robot',
    email: 'robot@demo.example',
  },
  {
    username: 'joe',
    password: 'demo',
    name: 'Joe Miller',
    email: 'joe@demo.example',
  },
];
