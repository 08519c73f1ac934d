import {
  AUTHORIZATION_REQUEST_HEADER,
  DatasourceErrorCode,
} from 'backstage-plugin-datasource-auth-common';
import {
  authorizationCreateSchema,
  authorizationRequestCreateSchema,
  completionSchema,
  connectionConfirmationSchema,
  connectionEntrySchema,
  datasourceWriteSchema,
  delegationApprovalSchema,
  delegationCreateSchema,
  issuerImportSchema,
  openApiImportSchema,
  requestedAuthorizationSchema,
  tokenRequestSchema,
} from 'backstage-plugin-datasource-auth-common/schemas';
import { z } from 'zod';

/** An endpoint of the HTTP API, as its description shows it. */
export interface Operation {
  summary: string;
  /** Allowed callers. Permissions are named by their last word. */
  who: string;
  body?: z.ZodType;
  query?: string[];
  headers?: string[];
  /** Type of the response in `backstage-plugin-datasource-auth-common`, or a description. */
  answer?: string;
  /** Status code of success. Default: 200. */
  success?: number;
  /** Error codes by status. 401 is Backstage's own. */
  errors?: Record<number, DatasourceErrorCode[]>;
}

const READERS = 'Users and external tokens with `read`';
const RECIPIENT =
  'The recipient: the named user, a member of the named group or, without a name, a writer with `authorize`';
const BY_LINK = 'the header contains the part of the link after #';
const OWN =
  'Only the user who started the attempt, as long as they could start it again';

/** Errors for callers who may not write: no permission, no manager, or not a user. */
const REFUSED: DatasourceErrorCode[] = [
  'not_allowed',
  'managers_missing',
  'not_a_person',
];

/** Errors for users whose account can't be used now. */
const CONNECTION: DatasourceErrorCode[] = [
  'user_not_connected',
  'user_consent_outdated',
  'user_scope_missing',
  'user_suspended',
];

/** Errors for callers who may not connect an account. */
const CONNECTING: DatasourceErrorCode[] = [
  'not_allowed',
  'person_only',
  'shared_user',
];

/** Endpoints of the HTTP API. The bodies are the schemas that parse the requests. */
export const API_OPERATIONS: Record<string, Operation> = {
  'GET /datasources': {
    summary: 'List datasources',
    who: `${READERS}; a plugin as itself sees name, title and status of the datasources that allow it, and can filter by \`search\`, \`status\` and \`attention\``,
    query: [
      'search',
      'status',
      'way',
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
    summary: 'Create a datasource, optionally with a credential',
    who: 'Writers with `create`; also `grant` for consumers, allowed hosts or gateway routes, and `authorize` for a credential',
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
    summary: 'Get a datasource',
    who: `${READERS}; a plugin as itself, if the datasource allows it. With datasource-subject or datasource-delegation as for a token, a plugin that acts as a user sees name, title and status`,
    answer: 'Datasource',
    errors: {
      400: ['invalid_request'],
      403: [
        ...(['not_a_plugin', 'consumer_not_allowed'] as const),
        ...(['not_allowed', 'shared_user'] as const),
      ],
      404: ['not_found'],
      409: ['delegation_ended', ...CONNECTION],
    },
  },
  'PUT /datasources/{name}': {
    summary:
      'Replace the settings and, in the same transaction, the credential',
    who: 'Writers with `update`; also `grant` to widen what the credential can be used for, `authorize` to replace it, and `clear` to clear it',
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
    summary: 'Delete a datasource; with `force`, even if it is in use',
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
    summary: 'Clear the credential',
    who: 'Writers with `clear`',
    query: ['revoke'],
    answer: 'Datasource',
    errors: { 403: REFUSED, 404: ['not_found'] },
  },
  'POST /datasources/{name}/token': {
    summary: 'Get a token, as an allowed backend plugin',
    who: 'Allowed plugins with their own token; on behalf of a user, if the user has `use`. With `subject: user`, only on behalf of a user who agreed to it and has `connection.own`. With the headers datasource-delegation and datasource-delegation-context, as the user who agreed to that',
    body: tokenRequestSchema,
    answer: 'TokenResponse',
    errors: {
      400: ['invalid_request'],
      403: [
        ...(['not_a_plugin', 'consumer_not_allowed'] as const),
        ...(['not_allowed', 'shared_user'] as const),
      ],
      404: ['not_found'],
      409: [
        'datasource_not_configured',
        'datasource_not_authorized',
        'bound_to_backend',
        'delegation_ended',
        ...CONNECTION,
      ],
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
    summary: 'Refresh the token now, and return the result',
    who: 'Writers with `authorize`',
    answer: 'RehearsalResult',
    errors: {
      403: REFUSED,
      404: ['not_found'],
      503: ['datasource_unavailable'],
    },
  },
  'GET /datasources/{name}/activity': {
    summary: 'List the timeline, newest first',
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
    summary: 'List which plugins used the datasource, and when',
    who: `${READERS}, and \`activity.read\``,
    answer: 'Consumers',
    errors: { 403: ['not_allowed'], 404: ['not_found'] },
  },
  'GET /datasources/{name}/impact': {
    summary:
      'List the plugins affected by a change: those that got tokens in the last 24 hours',
    who: READERS,
    answer: 'Impact',
    errors: { 404: ['not_found'] },
  },
  'GET /datasources/{name}/description-changes': {
    summary: 'List changes of the API description since the import',
    who: `${READERS}; an entity, only if the user may see it`,
    answer: 'DescriptionChanges',
    errors: { 404: ['not_found'] },
  },
  'GET /datasources/{name}/export': {
    summary: 'Export the settings as YAML for app-config, without secrets',
    who: READERS,
    answer: 'YAML',
    errors: { 404: ['not_found'] },
  },
  ...Object.fromEntries(
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map(method => [
      `${method} /gateway/{name}/{path}`,
      {
        summary:
          'Call the API with a token, on the open gateway routes. With the header datasource-subject: user, the token is of the account of the caller; with datasource-delegation and datasource-delegation-context, of the user who agreed to that. The header x-datasource-auth-answer marks a response of the API, whatever its status.',
        who: 'Users with `use`; external tokens with `use`; allowed plugins',
        answer: 'the response of the API',
        errors: {
          400: ['invalid_request'],
          403: [
            'gateway_closed',
            'shared_user',
            'not_allowed',
            'consumer_not_allowed',
            'egress_blocked',
          ],
          404: ['not_found'],
          409: [
            'datasource_not_configured',
            'datasource_not_authorized',
            'delegation_ended',
            ...CONNECTION,
          ],
          413: ['too_large'],
          502: ['api_unreachable', 'too_large'],
          503: ['datasource_unavailable'],
          504: ['api_timeout'],
        },
      } satisfies Operation,
    ]),
  ),
  ...Object.fromEntries(
    ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map(method => [
      `${method} /calls/{name}`,
      {
        summary:
          'Call the API at the URL in the query parameter `url` for a plugin that may not have the token. Headers for the API have the prefix x-datasource-auth-call-. The header x-datasource-auth-answer marks a response of the API, whatever its status.',
        who: 'Allowed plugins with their own token; on behalf of a user, if the user has `use`',
        answer: 'the response of the API',
        errors: {
          400: ['invalid_request'],
          403: [
            ...(['not_a_plugin', 'consumer_not_allowed'] as const),
            ...(['egress_blocked', 'not_allowed', 'shared_user'] as const),
          ],
          404: ['not_found'],
          409: [
            'datasource_not_configured',
            'datasource_not_authorized',
            'delegation_ended',
            ...CONNECTION,
          ],
          413: ['too_large'],
          502: ['api_unreachable', 'too_large'],
          503: ['datasource_unavailable'],
          504: ['api_timeout'],
        },
      } satisfies Operation,
    ]),
  ),
  'POST /authorizations': {
    summary: 'Start an authorization attempt',
    who: 'Writers with `authorize`; with unsaved settings also `create` or `update`, and `grant` if they widen what the credential can be used for. With `subject: user`, users in person with `connection.own` and `use`',
    body: authorizationCreateSchema,
    answer: 'Authorization',
    success: 201,
    errors: {
      400: ['invalid_request', 'egress_blocked', 'secrets_required'],
      403: [...REFUSED, 'person_only', 'shared_user'],
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
    summary: 'Get an attempt',
    who: OWN,
    answer: 'Authorization',
    errors: { 403: REFUSED, 404: ['not_found'] },
  },
  'DELETE /authorizations/{id}': {
    summary: 'Delete an attempt and its staged credential',
    who: 'Only the user who started the attempt',
    success: 204,
    errors: { 404: ['not_found'] },
  },
  'POST /authorizations/{id}/completion': {
    summary: 'Complete an attempt',
    who: OWN,
    body: completionSchema,
    answer: 'Authorization',
    errors: {
      400: ['invalid_request'],
      403: [...REFUSED, 'other_user', 'person_only', 'shared_user'],
      404: ['not_found'],
      409: ['authorization_ended', 'credential_out_of_date'],
      413: ['invalid_request'],
    },
  },
  'POST /authorizations/{id}/confirmation': {
    summary: 'Connect the account of an attempt, once its user has seen it',
    who: 'Only the user who started the attempt, in person',
    body: connectionConfirmationSchema,
    answer: 'Authorization',
    errors: {
      400: ['invalid_request'],
      403: CONNECTING,
      404: ['not_found'],
      409: [
        'authorization_ended',
        'confirmation_required',
        'credential_out_of_date',
      ],
      413: ['invalid_request'],
    },
  },
  'GET /connections': {
    summary: "List the caller's own connections, and what they can connect to",
    who: 'Users in person',
    answer: 'ConnectionList',
    errors: { 403: ['person_only'] },
  },
  'GET /connections/export': {
    summary: 'Export what is stored about the caller',
    who: 'Users in person',
    answer: 'PersonalData',
    errors: { 403: ['person_only', 'shared_user'] },
  },
  'DELETE /connections': {
    summary:
      'Delete what is stored about the caller: disconnect all accounts, revoke their tokens, and replace the user elsewhere by a pseudonym',
    who: 'Users in person',
    answer: 'PersonalDataRemoval',
    errors: { 403: ['person_only', 'shared_user'] },
  },
  'PUT /connections/{name}': {
    summary:
      "Connect the caller's own account with a token or password that they enter. It is tested first. With doubts about the account, nothing is stored until they are acknowledged",
    who: 'Users in person who have `use` and `connection.own`',
    body: connectionEntrySchema,
    answer: 'EnteredConnection',
    errors: {
      400: ['invalid_request'],
      403: ['person_only', 'shared_user', 'not_allowed'],
      404: ['not_found'],
      409: ['secret_rejected'],
      412: ['version_conflict'],
      429: ['too_many_attempts'],
    },
  },
  'DELETE /connections/{name}': {
    summary: "Disconnect the caller's own account, and revoke its tokens",
    who: 'Users in person',
    answer: 'Disconnection',
    errors: { 403: ['person_only'], 404: ['not_found'] },
  },
  'POST /delegations': {
    summary:
      'Ask a user whether a plugin may act as them later, or get a handle once they agreed',
    who: 'Allowed plugins on behalf of a user who has `use` and `connection.own`, and connected their account',
    body: delegationCreateSchema,
    answer: 'DelegationHandle',
    errors: {
      400: ['invalid_request'],
      403: [
        ...(['not_a_plugin', 'consumer_not_allowed'] as const),
        ...(['not_allowed', 'shared_user'] as const),
      ],
      404: ['not_found'],
      409: ['user_consent_needed', 'delegation_ended', ...CONNECTION],
      413: ['invalid_request'],
      503: ['datasource_unavailable'],
    },
  },
  'GET /delegations/{id}': {
    summary: "Get one of the caller's own delegations",
    who: 'Only the user whom the plugin asks, in person',
    answer: 'DelegationDetails',
    errors: { 403: ['person_only'], 404: ['not_found'] },
  },
  'POST /delegations/{id}/approval': {
    summary: 'Let the plugin act as the caller, who read what that means',
    who: 'Only the user whom the plugin asks, in person, with `use` and `connection.own`',
    body: delegationApprovalSchema,
    answer: 'DelegationDetails',
    errors: {
      400: ['invalid_request'],
      403: CONNECTING,
      404: ['not_found'],
      409: ['delegation_ended', ...CONNECTION],
      412: ['version_conflict'],
      413: ['invalid_request'],
      503: ['datasource_unavailable'],
    },
  },
  'DELETE /delegations/{id}': {
    summary: 'Decline a delegation, or take it back',
    who: 'Only the user whom the plugin asks, in person',
    success: 204,
    errors: { 403: ['person_only'], 404: ['not_found'] },
  },
  'GET /datasources/{name}/connections': {
    summary:
      'List who is connected, since when, and when they last used it: no accounts and no scopes',
    who: 'Writers with `connection.manage`',
    query: ['limit', 'after'],
    answer: 'ConnectedPeople',
    errors: { 400: ['invalid_request'], 403: REFUSED, 404: ['not_found'] },
  },
  'DELETE /datasources/{name}/connections': {
    summary:
      "Disconnect everyone's account. The tokens are revoked in the background",
    who: 'Writers with `connection.manage`',
    answer: 'Disconnections',
    errors: { 403: REFUSED, 404: ['not_found'] },
  },
  'DELETE /datasources/{name}/connections/{user}': {
    summary:
      "Disconnect one person's account, by their encoded entity ref, and revoke its tokens",
    who: 'Writers with `connection.manage`',
    answer: 'Disconnection',
    errors: { 403: REFUSED, 404: ['not_found'] },
  },
  'POST /authorizations/{id}/test': {
    summary: 'Test the staged credential',
    who: OWN,
    answer: 'TestResult',
    errors: { 403: REFUSED, 404: ['not_found'] },
  },
  'POST /authorization-requests': {
    summary:
      'Ask a user, a group or anyone with the link to approve; the response contains the link, once',
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
    summary: `Get an approval request, as its recipient or author; ${BY_LINK}`,
    who: `${RECIPIENT}; and the author of the request`,
    headers: [AUTHORIZATION_REQUEST_HEADER],
    answer: 'AuthorizationRequestInvitation',
    errors: { 403: REFUSED, 404: ['not_found'] },
  },
  'DELETE /authorization-requests/{id}': {
    summary: 'Withdraw an approval request, by its ID in the list',
    who: 'The author of the request, and writers with `update`',
    success: 204,
    errors: { 403: REFUSED, 404: ['not_found'], 409: ['request_ended'] },
  },
  'POST /authorization-requests/invitation/authorization': {
    summary: `Start the one approval that a request permits; ${BY_LINK}`,
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
    summary: `Decline an approval request; ${BY_LINK}`,
    who: RECIPIENT,
    headers: [AUTHORIZATION_REQUEST_HEADER],
    answer: 'AuthorizationRequestInvitation',
    errors: { 403: REFUSED, 404: ['not_found'], 409: ['request_ended'] },
  },
  'GET /datasources/{name}/authorization-requests': {
    summary: 'List open approval requests',
    who: 'Writers with `update`',
    answer: 'AuthorizationRequestList',
    errors: { 403: REFUSED, 404: ['not_found'] },
  },
  'POST /imports/issuer': {
    summary: 'Propose settings from the metadata of an issuer',
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
    summary: 'Propose settings from an API description',
    who: 'Writers with `create`; an entity, only if the user may see it',
    body: openApiImportSchema,
    answer: 'OpenApiProposal',
    errors: {
      400: ['invalid_request'],
      403: REFUSED,
      413: ['invalid_request'],
    },
  },
  'GET /providers': {
    summary:
      'List presets of known providers, with `way` only those that authenticate so',
    who: 'All signed-in users, plugins and external tokens',
    query: ['way'],
    errors: { 400: ['invalid_request'] },
    answer:
      '`{ items }`: presets, as `GET /providers/schema.json` describes them',
  },
  'GET /plugins': {
    summary:
      'List plugins to choose consumers from; plugins of other backends may be missing',
    who: 'Writers with `create`, or with `grant` for at least one datasource',
    answer: 'PluginList',
    errors: { 403: REFUSED },
  },
  'GET /health': {
    summary: 'Get facts and setup checks of this installation',
    who: 'All signed-in users, plugins and external tokens',
    answer: 'Health',
  },
};
