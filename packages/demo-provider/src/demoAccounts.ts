/** A person, or a technical account, that the demo provider knows. */
export interface DemoAccount {
  username: string;
  password: string;
  name: string;
  email: string;
}

/** The accounts of the demo. Demo-only: the passwords are public, and shown on the sign-in page. */
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
];
