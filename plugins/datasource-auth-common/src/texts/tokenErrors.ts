/** Why a datasource has no token now. */
export const tokenErrors = {
  open: 'Open {{link}}',
  see: 'See {{link}}',
  notConfigured:
    "Datasource '{{name}}' is not configured. Missing: {{labels}}.",
  notSigned: "The JWT of datasource '{{name}}' can't be signed. {{fault}}",
  cleared: "Datasource '{{name}}' was cleared.",
  deleted: "Datasource '{{name}}' was deleted while its token was refreshed.",
  none: "Datasource '{{name}}' has no credential yet.",
  refused: "Datasource '{{name}}' must be authorized again ({{reason}}).",
  refusedSince:
    "Datasource '{{name}}' must be authorized again ({{reason}}, since {{time}}).",
  doubtful:
    "Datasource '{{name}}' has a credential that the provider may no longer accept. Get a new one.",
  secretsOfOtherSettings:
    "Datasource '{{name}}' has settings that changed since its secrets were saved. Save it again.",
  secretExpired:
    "Datasource '{{name}}' has an expired secret. Enter a new one.",
  otherSettings:
    "Datasource '{{name}}' has settings that changed since its credential was obtained.",
  otherOrigins:
    "Datasource '{{name}}' has a base URL or allowed hosts that changed since its credential was obtained.",
  expired: "Datasource '{{name}}' has an expired token and no refresh token.",
  rejected:
    "Datasource '{{name}}' has a token that the API rejects, and no refresh token to replace it.",
  perUser:
    "Datasource '{{name}}' has no shared credential: each person connects their own account.",

  unavailable: "No token for datasource '{{name}}' now: {{why}}.",
  unavailableFault: "No token for datasource '{{name}}' now: {{fault}}",
  withCode: '{{why}} ({{code}})',
  databaseDown: "The database isn't responding",
  refreshing: 'It is still being refreshed',
  waiting: 'It is waiting to be refreshed',
  stopping: 'This backend is stopping',
  hostDown: "{{host}} didn't respond several times in a row",
  quarantined:
    "This database was started under another callback URL. Its credentials aren't used until datasourceAuth.adoptCredentials names the new one",
  expiredOnArrival: 'The provider issued a token that had already expired',
  justRefreshed: 'It was refreshed a moment ago',
  routeRejects: "New tokens didn't help this route",
  refreshFailed: 'Renewal failed',
} as const;
