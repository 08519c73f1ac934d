import { CredentialKey } from '../database/CredentialKey';
import { SealedPlace } from './Sealer';

/** Returns where a delegation is encrypted for: its person at its datasource. */
export function delegationPlace(id: string, key: CredentialKey): SealedPlace {
  return {
    ...{ table: 'delegations', row: id, column: 'sealed' },
    ...{ binding: '', owner: key.text },
  };
}
