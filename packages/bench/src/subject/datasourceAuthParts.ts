// The parts behind the HTTP API, which only this package may use: it measures them one by one.
/* eslint-disable @backstage/no-relative-monorepo-imports */
export { createDatasourceAuth } from '../../../../plugins/datasource-auth-backend/src/createDatasourceAuth';
export type { DatasourceAuth } from '../../../../plugins/datasource-auth-backend/src/createDatasourceAuth';
export { readDatasourceAuthConfig } from '../../../../plugins/datasource-auth-backend/src/config';
export { CredentialKey } from '../../../../plugins/datasource-auth-backend/src/database/CredentialKey';
export { CredentialStore } from '../../../../plugins/datasource-auth-backend/src/credentials/CredentialStore';
export { openDatabase } from '../../../../plugins/datasource-auth-backend/src/database/database';
export { signJwt } from '../../../../plugins/datasource-auth-backend/src/signing/signJwt';
export type { Caller } from '../../../../plugins/datasource-auth-backend/src/access/caller';
