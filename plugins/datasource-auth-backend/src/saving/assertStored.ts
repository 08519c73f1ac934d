import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';
import { DatasourceRecord } from '../datasources/DatasourceRecord';

/** @throws DatasourceAuthError `declared_read_only` */
export function assertStored({ name, source }: DatasourceRecord): void {
  if (source === 'config') {
    throw new DatasourceAuthError(
      `Datasource '${name}' is declared in app-config. Change it there.`,
      { code: 'declared_read_only', statusCode: 409 },
    );
  }
}
