import { Datasource } from 'backstage-plugin-datasource-auth-common';
import { FIELD_LIST, FieldSpec } from '../kinds';
import { storedSecret } from '../settings/requiredFields';

/** A secret and the token that it got can be stored at the same time, by two clocks. Milliseconds. */
const TOLERANCE = 10_000;

/** Returns the secret that was replaced after the token in use was obtained, so that the provider hasn't seen it yet. */
export function untriedSecret(datasource: Datasource): FieldSpec | undefined {
  const { state, obtainedAt, fromSettings } = datasource.status;
  if (state !== 'AUTHORIZED' || fromSettings || !obtainedAt) return undefined;
  return FIELD_LIST.filter(({ kind }) => kind === 'secret').find(field => {
    const { updatedAt = 0 } = storedSecret(datasource, field) ?? {};
    return updatedAt > obtainedAt + TOLERANCE;
  });
}
