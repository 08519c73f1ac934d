import { DemoAccount, DemoPerson } from 'demo-provider';
import { SERVICE } from '../../database/CredentialKey';

export const JANE = 'user:default/jane';
export const JOE = 'user:default/joe';

/** The account that each subject connects. Its name in the API's response shows whose token a call used. */
const ACCOUNTS: Record<string, string> = {
  [SERVICE]: 'integration',
  [JANE]: 'jane',
  [JOE]: 'joe',
};

/** Accounts of the provider. `jane-2` is another account of the same person. */
export const accounts: DemoAccount[] = [
  ...Object.values(ACCOUNTS),
  'jane-2',
].map(username => ({
  username,
  password: 'demo',
  name: username,
  email: `${username}@demo.example`,
}));

/** Returns the account that a subject connects. */
export function accountOf(subject: string): string {
  return ACCOUNTS[subject];
}

/** Returns the people behind the accounts, each with their own browser session, by account. */
export function peopleByAccount(): Map<string, DemoPerson> {
  return new Map(
    accounts.map(account => [account.username, new DemoPerson(account)]),
  );
}
