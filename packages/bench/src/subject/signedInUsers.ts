// Apart from the other parts, so that a program without the plugin doesn't load it.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports, no-restricted-imports -- signs users in as the plugin's tests do
export { createSignedInUsers } from '../../../../plugins/datasource-auth-backend/src/__testUtils__/signedInUsers';
