import {
  AUTHORIZATION_REQUEST_HEADER,
  authorizationCreateSchema,
  authorizationRequestCreateSchema,
  completionSchema,
  DatasourceErrorCode,
  datasourceWriteSchema,
  issuerImportSchema,
  openApiImportSchema,
  requestedAuthorizationSchema,
  tokenRequestSchema,
} from 'backstage-plugin-datasource-auth-common';
import { z } from 'zod';

/** One call of the HTTP API, as its description tells of it. */
export interface Operation {
  summary: string;
  /** Who may call it; permissions by the last word of their name. */
  who: string;
  body?: z.ZodType;
  query?: string[];
  headers?: string[];
  /** Type of the answer in `backstage-plugin-datasource-auth-common`, or what it is in words. */
  answer?: string;
  /** Status code of success; 200 unless told. */
  success?: number;
  /** Codes of the errors by status; 401 is Backstage's own. */
  errors?: Record<number, DatasourceErrorCode[]>;
}

const READERS = 'People and external tokens that have `read`';
const RECIPIENT =
  'The user who was asked, a member of the group that was, or, where nobody is named, a writer with `authorize`';
const BY_LINK = 'the header has what stands behind the # of the link';
const OWN =
  'The user who began the attempt, while they could still begin it; nobody else';

/** What everybody meets who may not write: no permission, no manager, or no person. */
const REFUSED: DatasourceErrorCode[] = [
  'not_allowed',
  'managers_missing',
  'not_a_person',
];

/** What the HTTP API offers. The bodies are the very schemas that requests are parsed with. */
export const API_OPERATIONS: Record<string, Operation> = {
  'GET /datasources': {
    summary: 'List datasources; a plugin sees those it may consume',
    who: `${READERS}; a plugin by itself sees name, title and status of those it may consume, and can filter by \`search\`, \`status\` and \`attention\``,
    query: [
      'search',
      'status',
      'grantType',
      'owner',
      'consumer',
      'attention',
      'limit',
      'cursor',
    ],
    answer: 'DatasourceList',
    errors: { 400: ['invalid_request'] },
  },
  'POST /datasources': {
    summary: 'Create a datasource, with the credential that is to be effective',
    who: 'Writers with `create`; with consumers, allowed hosts or gateway routes `grant` as well, with a credential `authorize`',
    body: datasourceWriteSchema,
    answer: 'Datasource',
    success: 201,
    errors: {
      400: ['invalid_request', 'egress_blocked', 'secrets_required'],
      403: REFUSED,
      409: ['name_taken', 'credential_out_of_date'],
      413: ['invalid_request'],
    },
  },
  'GET /datasources/{name}': {
    summary: 'Read one',
    who: `${READERS}; a plugin by itself, if it may consume it`,
    answer: 'Datasource',
    errors: { 404: ['not_found'] },
  },
  'PUT /datasources/{name}': {
    summary: 'Replace settings and, in the same transaction, the credential',
    who: 'Writers with `update`; to serve more than before `grant` as well, to replace the credential `authorize`, to clear it `clear`',
    body: datasourceWriteSchema,
    headers: ['If-Match'],
    answer: 'Datasource',
    errors: {
      400: ['invalid_request', 'egress_blocked', 'secrets_required'],
      403: REFUSED,
      404: ['not_found'],
      409: ['declared_read_only', 'credential_out_of_date'],
      412: ['version_conflict'],
      413: ['invalid_request'],
      428: ['version_required'],
    },
  },
  'DELETE /datasources/{name}': {
    summary: 'Delete; refused while in use unless forced',
    who: 'Writers with `delete`',
    query: ['force', 'revoke'],
    success: 204,
    errors: {
      403: REFUSED,
      404: ['not_found'],
      409: ['in_use', 'declared_read_only'],
    },
  },
  'DELETE /datasources/{name}/credential': {
    summary: 'Clear the credential now',
    who: 'Writers with `clear`',
    query: ['revoke'],
    answer: 'Datasource',
    errors: { 403: REFUSED, 404: ['not_found'] },
  },
  'POST /datasources/{name}/token': {
    summary: 'Take a token; for backend plugins on the list',
    who: 'Plugins on the list of consumers, by their own token; on behalf of a user if he has `use` as well',
    body: tokenRequestSchema,
    answer: 'TokenResponse',
    errors: {
      400: ['invalid_request'],
      403: ['not_a_plugin', 'consumer_not_allowed'],
      404: ['not_found'],
      409: ['datasource_not_configured', 'datasource_not_authorized'],
      413: ['invalid_request'],
      503: ['datasource_unavailable'],
    },
  },
  'POST /datasources/{name}/test': {
    summary: 'Call the test path with a token',
    who: 'Writers with `authorize`',
    answer: 'TestResult',
    errors: {
      403: REFUSED,
      404: ['not_found'],
      409: ['datasource_not_configured', 'datasource_not_authorized'],
      503: ['datasource_unavailable'],
    },
  },
  'POST /datasources/{name}/rehearsal': {
    summary: 'Renew now, for real, and say what came of it',
    who: 'Writers with `authorize`',
    answer: 'RehearsalResult',
    errors: {
      403: REFUSED,
      404: ['not_found'],
      503: ['datasource_unavailable'],
    },
  },
  'GET /datasources/{name}/activity': {
    summary: 'What happened, newest first',
    who: `${READERS}, and \`activity.read\``,
    query: ['limit', 'before', 'kind', 'actor'],
    answer: 'ActivityPage',
    errors: {
      400: ['invalid_request'],
      403: ['not_allowed'],
      404: ['not_found'],
    },
  },
  'GET /datasources/{name}/consumers': {
    summary: 'Who used it when',
    who: `${READERS}, and \`activity.read\``,
    answer: 'Consumers',
    errors: { 403: ['not_allowed'], 404: ['not_found'] },
  },
  'GET /datasources/{name}/impact': {
    summary: 'Whom a change touches: who took tokens in the last 24 hours',
    who: READERS,
    answer: 'Impact',
    errors: { 404: ['not_found'] },
  },
  'GET /datasources/{name}/description-changes': {
    summary:
      'What the API description that it was imported from says differently since',
    who: `${READERS}; an entity only if he who asks may see it`,
    answer: 'DescriptionChanges',
    errors: { 404: ['not_found'] },
  },
  'GET /datasources/{name}/export': {
    summary: 'Settings as YAML for app-config, without secrets',
    who: READERS,
    answer: 'YAML',
    errors: { 404: ['not_found'] },
  },
  ...Object.fromEntries(
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map(method => [
      `${method} /gateway/{name}/{path}`,
      {
        summary:
          'Call the API with the token attached, on the routes that the datasource opens. An answer with the header x-datasource-auth-answer is the API’s own, whatever its status.',
        who: 'People with `use`; external tokens that name it; plugins on the list of consumers',
        answer: 'what the API answers',
        errors: {
          400: ['invalid_request'],
          403: [
            'gateway_closed',
            'not_allowed',
            'consumer_not_allowed',
            'egress_blocked',
          ],
          404: ['not_found'],
          409: ['datasource_not_configured', 'datasource_not_authorized'],
          413: ['too_large'],
          502: ['api_unreachable', 'too_large'],
          503: ['datasource_unavailable'],
          504: ['api_timeout'],
        },
      } satisfies Operation,
    ]),
  ),
  'POST /authorizations': {
    summary: 'Begin to obtain a credential',
    who: 'Writers with `authorize`; with settings that are not saved `create` or `update` as well, `grant` if they widen what is served',
    body: authorizationCreateSchema,
    answer: 'Authorization',
    success: 201,
    errors: {
      400: ['invalid_request', 'egress_blocked', 'secrets_required'],
      403: REFUSED,
      404: ['not_found'],
      409: [
        'datasource_not_configured',
        'authorization_failed',
        'credential_out_of_date',
      ],
      413: ['invalid_request'],
    },
  },
  'GET /authorizations/{id}': {
    summary: 'Follow an attempt',
    who: OWN,
    answer: 'Authorization',
    errors: { 403: REFUSED, 404: ['not_found'] },
  },
  'DELETE /authorizations/{id}': {
    summary: 'Drop an attempt and what was staged with it',
    who: 'The user who began the attempt, and nobody else',
    success: 204,
    errors: { 404: ['not_found'] },
  },
  'POST /authorizations/{id}/completion': {
    summary: 'Finish an attempt, as the one who began it',
    who: OWN,
    body: completionSchema,
    answer: 'Authorization',
    errors: {
      400: ['invalid_request'],
      403: [...REFUSED, 'other_user'],
      404: ['not_found'],
      409: ['authorization_ended', 'credential_out_of_date'],
      413: ['invalid_request'],
    },
  },
  'POST /authorizations/{id}/test': {
    summary: 'Test what is staged',
    who: OWN,
    answer: 'TestResult',
    errors: { 403: REFUSED, 404: ['not_found'] },
  },
  'POST /authorization-requests': {
    summary:
      'Ask a user, a group or whoever has the link to authorize a datasource; the answer has the link, once',
    who: 'Writers with `update`',
    body: authorizationRequestCreateSchema,
    answer: 'AuthorizationRequestEntry',
    success: 201,
    errors: {
      400: ['invalid_request'],
      403: REFUSED,
      404: ['not_found'],
      409: ['datasource_not_configured'],
      413: ['invalid_request'],
    },
  },
  'GET /authorization-requests/invitation': {
    summary: `What is asked for, as its recipient or as who asked; ${BY_LINK}`,
    who: `${RECIPIENT}; and who asked`,
    headers: [AUTHORIZATION_REQUEST_HEADER],
    answer: 'AuthorizationRequestInvitation',
    errors: { 403: REFUSED, 404: ['not_found'] },
  },
  'DELETE /authorization-requests/{id}': {
    summary:
      'Withdraw, as who asked or may change the datasource; id is the one in the list',
    who: 'Who asked, and writers with `update`',
    success: 204,
    errors: { 403: REFUSED, 404: ['not_found'], 409: ['request_ended'] },
  },
  'POST /authorization-requests/invitation/authorization': {
    summary: `Begin the one approval that a request allows; ${BY_LINK}`,
    who: RECIPIENT,
    headers: [AUTHORIZATION_REQUEST_HEADER],
    body: requestedAuthorizationSchema,
    answer: 'Authorization',
    success: 201,
    errors: {
      400: ['invalid_request', 'egress_blocked'],
      403: REFUSED,
      404: ['not_found'],
      409: [
        'request_ended',
        'datasource_not_configured',
        'authorization_failed',
      ],
      413: ['invalid_request'],
    },
  },
  'POST /authorization-requests/invitation/decline': {
    summary: `Say no; ${BY_LINK}`,
    who: RECIPIENT,
    headers: [AUTHORIZATION_REQUEST_HEADER],
    answer: 'AuthorizationRequestInvitation',
    errors: { 403: REFUSED, 404: ['not_found'], 409: ['request_ended'] },
  },
  'GET /datasources/{name}/authorization-requests': {
    summary: 'The requests that can still be answered',
    who: 'Writers with `update`',
    answer: 'AuthorizationRequestList',
    errors: { 403: REFUSED, 404: ['not_found'] },
  },
  'POST /imports/issuer': {
    summary: 'Propose settings out of the metadata of an issuer',
    who: 'Writers with `create`',
    body: issuerImportSchema,
    answer: 'IssuerProposal',
    errors: {
      400: ['invalid_request'],
      403: REFUSED,
      413: ['invalid_request'],
    },
  },
  'POST /imports/openapi': {
    summary: 'Propose settings out of an API description',
    who: 'Writers with `create`; an entity only if he who asks may see it',
    body: openApiImportSchema,
    answer: 'OpenApiProposal',
    errors: {
      400: ['invalid_request'],
      403: REFUSED,
      413: ['invalid_request'],
    },
  },
  'GET /providers': {
    summary: 'Presets of known providers',
    who: 'Everybody who is signed in, plugins and external tokens',
    answer:
      '`{ items }`: presets, as `GET /providers/schema.json` describes them',
  },
  'GET /health': {
    summary: 'Facts of this installation, and setup checks',
    who: 'Everybody who is signed in, plugins and external tokens',
    answer: 'Health',
  },
};
