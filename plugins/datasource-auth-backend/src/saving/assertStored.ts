import {
  DatasourceAuthError,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceRecord } from '../datasources/DatasourceRecord';

/** @throws DatasourceAuthError `declared_read_only` */
export function assertStored({ name, source }: DatasourceRecord): void {
  if (source === 'config') {
    throw new DatasourceAuthError(message('error.declared', { name }), {
      code: 'declared_read_only',
      statusCode: 409,
    });
  }
}
