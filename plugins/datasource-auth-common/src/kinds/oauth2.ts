import { z } from 'zod';
import { clientAssertionSchema } from '../assertions';
import {
  GRANT_DEFINITIONS,
  GRANT_TYPES,
  GrantMembers,
  GRANTS,
  GrantType,
  ofGrants,
  PersonalMember,
  UNKNOWN_GRANT_TYPE,
} from '../grants';
import { headerName, paramsSchema, renameSchema } from '../parameterSettings';
import { plainText } from '../plainText';
import { responseSchema } from '../responseSettings';
import { scopeSchema } from '../scope';
import { secretSchema } from '../settingValues';
import { templateExpressions } from '../templates';
import { optionalUrl } from '../urlSchema';
import { rejectedStatusesSchema } from './rejectedStatuses';
import {
  clientAuthenticationSchema,
  refreshSchema,
  tokenSchema,
} from './tokenSettings';
import { FAULTS } from '../faults';

const seconds = (max: number) => z.number().int().min(0).max(max);

const resourceSchema = z
  .string()
  .max(2_000)
  .refine(text => templateExpressions(text).length > 0 || URL.canParse(text), {
    error: FAULTS.resourceUri,
  })
  .refine(text => !text.includes('#'), {
    error: FAULTS.resourceFragment,
  });

/** Properties of `auth` that belong to one client, so presets can't have them. */
const clientMembers = {
  clientId: plainText(1_000).optional(),
  clientSecret: secretSchema,
  clientSecretExpiresAt: z.iso
    .date()
    .or(z.iso.datetime({ offset: true }))
    .optional(),
  clientAssertion: clientAssertionSchema.optional(),
};

/** Properties of `auth` that every grant uses. */
const sharedMembers = {
  clientAuthentication: clientAuthenticationSchema,
  issuer: optionalUrl,
  token: tokenSchema.prefault({}),
  refresh: refreshSchema.optional(),
  revoke: z.strictObject({ url: optionalUrl }).optional(),
  scopes: z.array(scopeSchema).max(200).default([]),
  scopeSeparator: z.string().min(1).max(3).default(' '),
  resource: z.array(resourceSchema).max(20).optional(),
  audience: plainText(2_000).optional(),
  response: responseSchema.prefault({}),
  defaultLifetimeSeconds: seconds(31_536_000).optional(),
  refreshBeforeExpirySeconds: seconds(86_400).optional(),
  timeouts: z
    .strictObject({
      connectMs: z.number().int().min(100).max(30_000).optional(),
      responseMs: z.number().int().min(100).max(50_000).optional(),
    })
    .optional(),
  rejectedStatuses: rejectedStatusesSchema,
  header: z
    .strictObject({
      name: headerName.default('Authorization'),
      prefix: plainText(100).default('Bearer'),
    })
    .prefault({}),
};

const membersByGrant = Object.entries(GRANT_DEFINITIONS).map(
  ([grantType, { members }]) =>
    [
      grantType,
      members({ params: paramsSchema, rename: renameSchema }),
    ] as const,
);

/** Properties of single grants. Every grant keeps those of the others, for a change back. */
const grantMembers = Object.assign(
  {},
  ...membersByGrant.map(([, members]) => members),
) as GrantMembers;

/** Names of the properties of `auth` that only other grants use. */
export function foreignMembers(grantType: GrantType): string[] {
  return membersByGrant.flatMap(([grant, members]) =>
    grant === grantType ? [] : Object.keys(members),
  );
}

const withGrant = (grantType: GrantType) =>
  z.strictObject({
    type: z.literal('oauth2'),
    grantType: z.literal(grantType),
    ...clientMembers,
    ...sharedMembers,
    ...grantMembers,
    clientAuthentication: clientAuthenticationSchema.default(
      GRANTS[grantType].clientAuthentication,
    ),
  });

type WithGrant = ReturnType<typeof withGrant>;

/** OAuth 2.0, by grant. */
export const oauth2Schema = z.discriminatedUnion(
  'grantType',
  GRANT_TYPES.map(withGrant) as [WithGrant, ...WithGrant[]],
  { error: UNKNOWN_GRANT_TYPE },
);

const personal = ofGrants('personal');

/** The settings that a preset can have: none that belong to one client or account. */
export const oauth2PresetSchema = z
  .strictObject({
    ...sharedMembers,
    ...(Object.fromEntries(
      Object.entries(grantMembers).filter(([name]) => !personal.includes(name)),
    ) as Omit<GrantMembers, PersonalMember>),
  })
  .partial();
