import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  OpenApiProposal,
  openApiDraft,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { proposeOpenApi } from './proposeOpenApi';
import { oauthOf } from '../settings/oauthOf';

/*
 * Shortened API descriptions of real providers, based on their public documentation, whose URL is at the top
 * of each. They test real shapes: names of schemes, relative URLs and variables, and what operations require.
 */
const FOLDER = join(__dirname, '__fixtures__');

const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');

/** Expected result: the flow, the base URL, the token URL or issuer, and the scopes that operations need. */
const EXPECTED: Record<string, string[]> = {
  '3gpp-nrf.yaml': [
    'oAuth2ClientCredentials clientCredentials https://example.com/nnrf-nfm/v1 - nnrf-nfm',
  ],
  'asana.yaml': [
    'oauth2 authorizationCode https://app.asana.com/api/1.0 https://app.asana.com/-/oauth_token',
    'personalAccessToken: bearer https://app.asana.com/api/1.0',
  ],
  'azure-compute.json': ['azure_auth implicit: implicit'],
  'box.yaml': [
    'OAuth2Security authorizationCode https://api.box.com/2.0 https://api.box.com/oauth2/token',
  ],
  'camara-location.yaml': [
    'openId authorizationCode http://localhost:9091/location-verification/v1 https://example.com location-verification:verify',
    'openId clientCredentials http://localhost:9091/location-verification/v1 https://example.com location-verification:verify',
  ],
  'confluence-cloud.yaml': [
    'oAuthDefinitions authorizationCode https://your-domain.atlassian.net/wiki/api/v2 https://auth.atlassian.com/oauth/token read:page:confluence write:page:confluence',
    'basicAuth: basic https://your-domain.atlassian.net/wiki/api/v2',
  ],
  'digitalocean.yaml': ['bearer_auth: bearer https://api.digitalocean.com'],
  'discord.json': [
    'OAuth2 implicit: implicit',
    'OAuth2 clientCredentials https://discord.com/api/v10 https://discord.com/api/oauth2/token identify guilds',
    'OAuth2 authorizationCode https://discord.com/api/v10 https://discord.com/api/oauth2/token identify guilds',
    'BotToken: header Authorization https://discord.com/api/v10',
  ],
  'docusign.json': [
    'accessCode accessCode https://www.docusign.net/restapi https://account.docusign.com/oauth/token signature',
  ],
  'ebay-browse.json': [
    'api_auth clientCredentials https://api.ebay.com/buy/browse/v1 https://api.ebay.com/identity/v1/oauth2/token https://api.ebay.com/oauth/api_scope',
    'api_auth authorizationCode https://api.ebay.com/buy/browse/v1 https://api.ebay.com/identity/v1/oauth2/token https://api.ebay.com/oauth/api_scope',
  ],
  'fastapi.json': ['OAuth2PasswordBearer password - -'],
  'figma.yaml': [
    'OAuth2 authorizationCode https://api.figma.com https://api.figma.com/v1/oauth/token file_content:read',
    'OrgOAuth2 authorizationCode https://api.figma.com https://api.figma.com/v1/oauth/token',
    'PersonalAccessToken: header X-Figma-Token https://api.figma.com',
  ],
  'fitbit.yaml': [
    'oauth2 accessCode https://api.fitbit.com https://www.fitbit.com/oauth2/token activity',
  ],
  'github.yaml': ['none https://api.github.com'],
  'google-drive.json': [
    'Oauth2 implicit: implicit',
    'Oauth2c authorizationCode https://www.googleapis.com/drive/v3 https://accounts.google.com/o/oauth2/token https://www.googleapis.com/auth/drive',
  ],
  'hubspot.json': [
    'oauth2_legacy authorizationCode https://api.hubapi.com https://api.hubapi.com/oauth/v1/token tickets',
    'oauth2 authorizationCode https://api.hubapi.com https://api.hubapi.com/oauth/v1/token crm.objects.contacts.read',
    'private_apps_legacy: header private-app-legacy https://api.hubapi.com',
  ],
  'jira-cloud.json': [
    'OAuth2 authorizationCode https://your-domain.atlassian.net https://auth.atlassian.com/oauth/token read:jira-work write:jira-work',
    'basicAuth: basic https://your-domain.atlassian.net',
  ],
  'microsoft-graph.yaml': [
    'azureaadv2 authorizationCode https://graph.microsoft.com/v1.0 https://login.microsoftonline.com/common/oauth2/v2.0/token',
  ],
  'miro.yaml': [
    'oAuth2AuthCode authorizationCode https://api.miro.com/ https://api.miro.com/v1/oauth/token boards:read boards:write',
  ],
  'okta-management.yaml': [
    'oauth2 authorizationCode https://subdomain.okta.com https://subdomain.okta.com/oauth2/v1/token okta.apps.read okta.apps.manage',
    'apiToken: header Authorization https://subdomain.okta.com',
  ],
  'open-banking-uk.yaml': [
    'TPPOAuth2Security clientCredentials - https://authserver.example/token accounts',
    'PSUOAuth2Security authorizationCode - https://authserver.example/token accounts',
  ],
  'paypal.json': [
    'Oauth2 clientCredentials https://api-m.sandbox.paypal.com https://api-m.sandbox.paypal.com/v1/oauth2/token https://uri.paypal.com/services/payments/initiatepayment',
  ],
  'petstore-2.json': [
    'petstore_auth implicit: implicit',
    'api_key: header api_key https://petstore.swagger.io/v2',
  ],
  'petstore-3.yaml': [
    'petstore_auth implicit: implicit',
    'api_key: header api_key -',
  ],
  'sap-business-hub.yaml': [
    'oauth2_clientCredentials clientCredentials https://api-sdm-di.cfapps.eu10.hana.ondemand.com https://{{instance.identityzone}}.authentication.eu10.hana.ondemand.com/oauth/token',
  ],
  'servicenow-table.yaml': [
    'oauth authorizationCode https://{{instance.instance}}.service-now.com/ https://{{instance.instance}}.service-now.com/oauth_token.do useraccount',
    'oauth password https://{{instance.instance}}.service-now.com/ https://{{instance.instance}}.service-now.com/oauth_token.do useraccount',
    'basic: basic https://{{instance.instance}}.service-now.com/',
  ],
  'slack.json': [
    'slackAuth accessCode https://slack.com/api https://slack.com/api/oauth.access chat:write:bot users:read',
  ],
  'spotify.yaml': [
    'oauth_2_0 authorizationCode https://api.spotify.com/v1 https://accounts.spotify.com/api/token user-library-read',
  ],
  'square.yaml': [
    'oauth2 authorizationCode https://connect.squareup.com https://connect.squareup.com/oauth2/token PAYMENTS_READ PAYMENTS_WRITE',
    'oauth2ClientSecret: header Authorization https://connect.squareup.com',
  ],
  'strava.json': [
    'strava_oauth accessCode https://www.strava.com/api/v3 https://www.strava.com/api/v3/oauth/token public',
  ],
  'vimeo.yaml': [
    'oauth2 implicit: implicit',
    'oauth2 clientCredentials https://api.vimeo.com https://api.vimeo.com/oauth/authorize/client public',
    'oauth2 authorizationCode https://api.vimeo.com https://api.vimeo.com/oauth/access_token public',
    'bearer: bearer https://api.vimeo.com',
  ],
  'x.json': [
    'OAuth2UserToken authorizationCode https://api.x.com https://api.x.com/2/oauth2/token tweet.read users.read',
    'BearerToken: bearer https://api.x.com',
    'UserToken: http_scheme',
  ],
  'xero.yaml': [
    'OAuth2 authorizationCode https://api.xero.com/api.xro/2.0 https://identity.xero.com/connect/token accounting.settings accounting.settings.read accounting.transactions',
  ],
  'zoom.yaml': [
    'openapi_oauth authorizationCode https://api.zoom.us/v2 https://zoom.us/oauth/token meeting:read meeting:read:admin meeting:write meeting:write:admin',
    'openapi_authorization: bearer https://api.zoom.us/v2',
  ],
};

const parsed = (settings: object) =>
  datasourceSettingsSchema.parse({ ...settings, name: 'draft' });

/** Drafts each flow and alternative of keys, which must be valid settings. */
function draftsOf(proposal: OpenApiProposal): string[] {
  const flows = flowDrafts(proposal);
  const keys = proposal.keys.map(({ name, keys: together }) => {
    const { settings } = openApiDraft(proposal, { scheme: name });
    const sent = together.map(key => `${key.place} ${key.name ?? ''}`.trim());
    return `${name}: ${sent.join(', ')} ${parsed(settings).baseUrl ?? '-'}`;
  });
  const others = proposal.others.map(
    ({ name, reason }) => `${name}: ${reason}`,
  );
  if (flows.length + keys.length > 0) return [...flows, ...keys, ...others];
  return [`none ${parsed(openApiDraft(proposal, {}).settings).baseUrl}`];
}

function flowDrafts(proposal: OpenApiProposal): string[] {
  return proposal.schemes.flatMap(({ name, flows, requiredScopes }) =>
    flows.map(({ flow, grantType, unusable }) => {
      if (!grantType) return `${name} ${flow}: ${unusable}`;
      const { settings } = openApiDraft(proposal, {
        scheme: name,
        flow,
        scopes: requiredScopes,
      });
      const draft = parsed(settings);
      const { baseUrl } = draft;
      const auth = oauthOf(draft);
      return [
        ...[name, flow, baseUrl ?? '-', auth.token.url ?? auth.issuer ?? '-'],
        ...auth.scopes,
      ].join(' ');
    }),
  );
}

it('has at least thirty descriptions, and an expectation for each', () => {
  const files = readdirSync(FOLDER).sort();
  expect(files.length).toBeGreaterThanOrEqual(30);
  expect(files).toEqual(Object.keys(EXPECTED).sort());
});

describe.each(Object.keys(EXPECTED))('%s', file => {
  it('names its source', () => {
    expect(read(file).slice(0, 300)).toMatch(/[Ww]ritten.after\W+https:\/\//);
  });

  it('S4.3–S4.5 imports', async () => {
    const drafts = await proposeOpenApi({
      text: read(file),
      check: () => {},
    }).then(draftsOf, (error: Error) => [error.message.split(': ')[0]]);
    expect(drafts).toEqual(EXPECTED[file]);
  });
});
