/* eslint-disable @backstage/no-relative-monorepo-imports -- measures the parts behind the HTTP API one by one, which no package exports */
export { createDatasourceAuth } from '../../../../plugins/datasource-auth-backend/src/createDatasourceAuth';
export type { DatasourceAuth } from '../../../../plugins/datasource-auth-backend/src/createDatasourceAuth';
export { readDatasourceAuthConfig } from '../../../../plugins/datasource-auth-backend/src/config';
export { CredentialKey } from '../../../../plugins/datasource-auth-backend/src/database/CredentialKey';
export { renewalOf } from '../../../../plugins/datasource-auth-backend/src/credentials/renewal';
export { SealedTokens } from '../../../../plugins/datasource-auth-backend/src/credentials/SealedTokens';
export { requestedOf } from '../../../../plugins/datasource-auth-backend/src/settings/binding';
export { connectionTermsOf } from '../../../../plugins/datasource-auth-backend/src/settings/connectionTerms';
export { CredentialStore } from '../../../../plugins/datasource-auth-backend/src/credentials/CredentialStore';
export { openDatabase } from '../../../../plugins/datasource-auth-backend/src/database/database';
export { signJwt } from '../../../../plugins/datasource-auth-backend/src/signing/signJwt';
export { DefaultProviderClient } from '../../../../plugins/datasource-auth-backend/src/oauth/DefaultProviderClient';
export { Egress } from '../../../../plugins/datasource-auth-backend/src/egress/Egress';
export { providerContextOf } from '../../../../plugins/datasource-auth-backend/src/settings/providerContext';
export { splitSecrets } from '../../../../plugins/datasource-auth-backend/src/settings/secrets';
export { datasourceSettingsSchema } from '../../../../plugins/datasource-auth-common/src/schemas';
export type { Caller } from '../../../../plugins/datasource-auth-backend/src/access/caller';
