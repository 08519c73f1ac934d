import { descriptionErrors } from './descriptionErrors';
import { gatewayErrors } from './gatewayErrors';
import { tokenErrors } from './tokenErrors';

/** Why the API refuses a request, and what to do. */
export const errorMessages = {
  token: tokenErrors,
  gateway: gatewayErrors,
  description: descriptionErrors,
  field: '{{path}}: {{fault}}',
  bodyTooLarge: 'The body is larger than {{limit}}.',
  bodyNotJson: "The body isn't JSON.",
  contentType: 'Send a JSON body with Content-Type: application/json.',
  nameInPath: "Datasource not found: the name in the path isn't valid.",
  idInPath: "Not found: the ID in the path isn't valid.",
  versionRequired:
    'Send If-Match with the version that your change is based on, for example If-Match: "3".',
  versionFormat:
    'If-Match must be one version in double quotes, for example "3".',
  urlRequired: 'Pass the complete URL of the call in the query: `?url=`.',
  cursor: "The cursor isn't valid. Start from the first page.",
  pluginFilters:
    'A plugin can filter by search, status and attention. Remove: {{filters}}.',
  notResponding:
    "The datasource-auth backend plugin isn't responding. Add it to the backend and restart it.",
  status: 'The backend returned {{status}}.',

  datasourceUnknown: "No datasource named '{{name}}' found.",
  nameExists:
    "A datasource named '{{name}}' already exists. Choose another name.",
  nameDeclared:
    "The name '{{name}}' is declared in app-config. Choose another name.",
  nameFixed:
    "The name of datasource '{{name}}' can't be changed, because plugins use it. Keep the name, or create a new datasource.",
  declared: "Datasource '{{name}}' is declared in app-config. Change it there.",
  changedBy:
    "Datasource '{{name}}' was changed by {{user}} in the meantime. Reload it and repeat your change.",
  anotherUser: 'another user',
  inUse:
    "Datasource '{{name}}' is in use: {{plugins}} got tokens in the last 24 hours. To delete it anyway, set force.",
  somePlugin: 'a plugin',
  pluginsAndMore: '{{plugins}} and {{more}} more',
  peopleConnected:
    "People are connected to datasource '{{name}}'. Delete it anyway, and they lose their connections.",
  subjectNeedsUser:
    "Pass the credentials of the user to act as, with subject 'user'.",
  subjectHeader:
    "Set the header {{header}} to 'service' or 'user', or omit it.",
  notConnected:
    "You haven't connected your account to datasource '{{name}}', or must connect it again.",
  consentOutdated:
    "You haven't agreed to this use of your account at datasource '{{name}}'.",
  suspended:
    "Your account at datasource '{{name}}' is suspended: the catalog had no user with your name, or another one. Connect your account again.",
  scopeMissing:
    "Your account at datasource '{{name}}' was connected without: {{scopes}}.",
  consentNeeded:
    "Plugin '{{plugin}}' asks to act as you at datasource '{{name}}' while you aren't there.",
  delegationEnded:
    "The delegation for datasource '{{name}}' has ended, or doesn't cover this use. Ask the user again.",
  delegationUnknown:
    'Delegation not found. It may be for someone else, or was removed.',
  delegationChanged:
    'What this delegation allows has changed. Read it again before you agree.',
  delegationTooLong:
    'A delegation can last until {{max}} at most. Ask for an earlier end, or raise datasourceAuth.people.maxDelegation.',
  delegationPast: 'The end of the delegation is in the past.',
  delegationsOpen:
    'The user has {{open}} undecided delegations of this plugin already. They must decide about some first.',
  delegationHeaders:
    'Send {{header}} together with {{context}}, as a plugin itself, and without a subject.',
  personOnly:
    'Only you can connect your account, in person. Open the page and sign in.',
  sharedUser:
    "Several people share '{{user}}', so it can't connect an account. Sign in as yourself.",
  connectionUnknown: "You aren't connected to datasource '{{name}}'.",
  noConnections:
    "Datasource '{{name}}' has no accounts of people. Its setting subjects allows only a shared credential.",
  connectionApproved:
    "People connect to '{{name}}' at its provider: they enter nothing here.",
  connectionEntered:
    "People enter their own token for '{{name}}': use PUT /connections/{{name}}, or My connections.",
  connectionFormOld:
    'What connecting allows has changed. Read it again before you connect.',
  connectionNotKept:
    'Enter your token again: there is none that you could keep.',
  secretRejected:
    'The API rejects what you entered. Check it, or create a new one there.',
  tooManyEntries: 'You tried too often. Try again in a few minutes.',
  confirmationRequired: 'Confirm that the account is yours: {{doubts}}.',
  bothDoubts: '{{first}}, and {{second}}',
  doubtOtherEmail: "it isn't the email address that the catalog has for you",
  doubtAccountTaken: 'another user connected the same account',
  perUser:
    'There is no shared credential: each person connects their own account. To get one, set subjects to both.',
  credentialOutOfDate:
    'The new credential belongs to other settings, was already saved, or has expired. Get a new credential, then save.',
  passwordGrantDisabled:
    'The password grant is disabled. Use authorization code or client credentials, or enable it with datasourceAuth.passwordGrant.enabled.',
  secretsRequired:
    'Re-enter the secrets, because they would go to a new server: {{hosts}}.',
  noServer: 'no server yet',
  otherDatasource:
    "The settings are for another datasource than '{{name}}'. Send the name of the datasource that the attempt is for.",
  fillIn: 'Fill in: {{labels}}.',
  titled: '{{title}}.',

  permissionMissing: "You don't have permission to do this ({{permission}}).",
  usePermissionMissing:
    "You don't have permission to use datasource '{{name}}' ({{permission}}).",
  externalPermissionMissing:
    "This token doesn't have the permission '{{permission}}'. Add it to accessRestrictions of backend.auth.externalAccess.",
  managersMissing:
    'Nobody can change datasources yet: permissions are off (permission.enabled) and datasourceAuth.access.managers is empty. Set one of the two.',
  managersOnly:
    'Only the managers in datasourceAuth.access.managers may do this.',
  pluginAlone:
    "Plugin '{{plugin}}' can't do this as itself. Pass the credentials of the user it acts for.",
  pluginsOnly:
    'Only backend plugins get tokens: call through a plugin with datasourceAuthServiceRef.',
  consumerNotAllowed:
    "Plugin '{{plugin}}' may not get tokens of datasource '{{name}}'. Add it to the consumers at {{link}}",

  authorizationUnknown: "No authorization with ID '{{id}}' found.",
  otherUser: 'This approval was started by {{user}}. Start again as yourself.',
  linkEnded:
    'This link was already used or has expired. Start again from the datasource.',
  approvalUnmatched:
    "This approval can't be matched. It was already used or took longer than 10 minutes. Start again from the datasource.",
  callbackParameters:
    "The provider's response has a duplicate parameter, or too many. Nothing was changed. Start again from the datasource.",

  requestUnknown:
    'Approval request not found. It may be meant for someone else, or the link is incomplete.',
  requestsOpen:
    "Datasource '{{name}}' has {{open}} open requests already. Withdraw one first.",
  requestClosed:
    'The request is no longer open, or the datasource has changed. Nothing was stored.',
  requestApproved:
    'This request was already approved. A link is valid for one approval.',
  requestDeclined: 'This request was declined.',
  requestWithdrawn: 'This request was withdrawn.',
  requestExpired: 'The request of {{user}} expired on {{day}}.',
  requestOutdated:
    'The datasource has changed since {{user}} sent this request, so it is no longer valid. Ask for a new one.',
  requestOwn:
    'You created this request. Someone else must approve it, or you need datasource-auth.datasource.authorize.',
  requestUsersOnly: 'Only a user can open an approval request.',
  approvalNotNeeded:
    "Datasource '{{name}}' doesn't need an approval: get its access token on its page.",
  fillInFirst: 'Fill in before you ask someone: {{labels}}.',
} as const;
