import { DatasourceAuthApi } from 'backstage-plugin-datasource-auth-react';

/** A name cannot be longer. */
const MAX_LENGTH = 63;

/** A name that no datasource has, and the number at its end, if any. */
export interface FreeName {
  name: string;
  number?: number;
}

/**
 * Finds a name that starts with the given one and isn't taken, as far as the user may see the names. Save rejects it if
 * it is taken anyway.
 */
export async function freeName(
  api: DatasourceAuthApi,
  base: string,
  rejected: string[] = [],
): Promise<FreeName> {
  const listed = await api
    .listDatasources({ search: base, limit: 100 })
    .catch(() => undefined);
  const taken = new Set([
    ...rejected,
    ...(listed?.items ?? []).map(({ name }) => name),
  ]);
  if (!taken.has(base)) return { name: base };
  for (let number = 2; ; number += 1) {
    const end = `-${number}`;
    const name = base.slice(0, MAX_LENGTH - end.length) + end;
    if (!taken.has(name)) return { name, number };
  }
}
