import type { FileReference } from './credentialFiles';
import { z } from 'zod';
import { apiSchema } from './apiSettings';
import { checkAuthorizationHeader } from './authorizationHeader';
import { checkApi } from './checkApi';
import { checkKeepHosts } from './keepHosts';
import { clientCertificateSchema } from './clientCertificate';
import { authSettingsSchema } from './kinds';
import { Kind, kindOf, KindSettings } from './kinds/descriptors';
import { gatewayRouteSchema } from './gatewayRoutes';
import { importedFromSchema } from './importedFrom';
import { datasourceNameSchema, PLUGIN_ID_PATTERN } from './names';
import { parserOf } from './parserOf';
import { plainText } from './plainText';
import { keySchema, valueSchema } from './settingValues';
import { checkRequestForm } from './requestForm';
import {
  checkSenderConstraint,
  senderConstraintSchema,
} from './senderConstraint';
import { checkSubjects, subjectsSchema } from './subjects';
import { checkTemplates } from './templatePlaces';
import { testPathSchema } from './testPath';
import { optionalUrl } from './urlSchema';
import { FAULTS } from './faults';

/*
 * The settings of a datasource, as written and (except secrets) as read. One schema serves the HTTP API, declared
 * datasources, presets, and the form. Only a name and a grant type are required: an incomplete datasource can be saved,
 * and its status says what is missing.
 */

const hostSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(260)
  .regex(
    /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?$/,
    FAULTS.host,
  );

const gatewaySchema = z.strictObject({
  routes: z.array(gatewayRouteSchema).max(100),
  limits: z
    .strictObject({
      /** Maximum size of a request body in bytes. Default: 10 MiB. */
      requestBytes: z.number().int().positive().optional(),
      /** Maximum size of a response body on the wire in bytes. Default: 100 MiB. */
      responseBytes: z.number().int().positive().optional(),
    })
    .optional(),
});

/** The single settings, before rules that involve several of them. */
export const datasourceSettingsObject = z.strictObject({
  name: datasourceNameSchema,
  title: plainText(80).optional(),
  description: z.string().max(2_000).optional(),
  owner: plainText(300).optional(),
  tags: z.array(plainText(63).min(1)).max(50).optional(),
  baseUrl: optionalUrl,
  allowedHosts: z.array(hostSchema).max(50).optional(),
  testPath: testPathSchema.optional(),
  consumers: z
    .union([
      z.literal('*'),
      z.array(z.string().regex(PLUGIN_ID_PATTERN, FAULTS.pluginId)).max(200),
    ])
    .default([]),
  subjects: subjectsSchema,
  gateway: gatewaySchema.optional(),
  instance: z
    .record(
      keySchema.regex(/^[A-Za-z_][A-Za-z0-9_]*$/, FAULTS.identifier),
      valueSchema,
    )
    .optional(),
  api: apiSchema.optional(),
  clientCertificate: clientCertificateSchema.optional(),
  senderConstraint: senderConstraintSchema,
  auth: authSettingsSchema,
  importedFrom: importedFromSchema.optional(),
});

/**
 * The complete settings of a datasource, including its name.
 *
 * @public
 */
export const datasourceSettingsSchema = datasourceSettingsObject
  .superRefine(checkTemplates)
  .superRefine((settings, ctx) => {
    const oauth = oauth2Settings(settings.auth);
    if (!oauth) return;
    checkAuthorizationHeader({ auth: oauth }, ctx);
    checkRequestForm({ auth: oauth }, ctx);
    checkKeepHosts({ ...settings, auth: oauth }, ctx);
  })
  .superRefine(checkApi)
  .superRefine(checkSenderConstraint)
  .superRefine(checkSubjects);

/**
 * Validates settings and fills in the defaults.
 *
 * @throws Error with one sentence per fault, each with its path
 * @public
 */
export const parseDatasourceSettings = parserOf(datasourceSettingsSchema);

/**
 * Settings with every default filled in.
 *
 * @public
 */
export type DatasourceSettings = ReturnType<typeof parseDatasourceSettings>;

/**
 * The credential of an API, by kind.
 *
 * @public
 */
export type AuthSettings<K extends Kind = Kind> = Extract<
  DatasourceSettings['auth'],
  { type: K }
>;

/**
 * Returns the settings of OAuth 2.0, or undefined for every other kind.
 *
 * @public
 */
export function oauth2Settings<Auth extends KindSettings>(
  auth: Auth,
): Extract<Auth, { type?: 'oauth2' }> | undefined {
  return kindOf(auth) === 'oauth2'
    ? (auth as Extract<Auth, { type?: 'oauth2' }>)
    : undefined;
}

/**
 * Settings as they are written: those with a default are optional.
 *
 * @public
 */
export type DatasourceSettingsInput = Parameters<
  typeof parseDatasourceSettings
>[0];

/**
 * The API description that a datasource was created from, with every default filled in.
 *
 * @public
 */
export type ImportedFrom = NonNullable<DatasourceSettings['importedFrom']>;

/**
 * A secret in a read: whether it is set, since when, and by whom. Never the secret itself.
 *
 * @public
 */
export interface SecretInfo {
  /** Whether it has a value. */
  set: boolean;
  /** Epoch milliseconds. */
  updatedAt?: number;
  /** User entity ref. */
  updatedBy?: string;
}

/**
 * Settings as they are read: each secret is a {@link SecretInfo}; secret values stay `{ secret: true, set }`.
 *
 * @public
 */
export type DatasourceSettingsView = Omit<
  DatasourceSettings,
  'auth' | 'clientCertificate'
> & {
  auth: Viewed<DatasourceSettings['auth']>;
  clientCertificate?: Viewed<DatasourceSettings['clientCertificate']>;
};

/**
 * Settings in which every secret reads as a {@link SecretInfo}.
 *
 * @public
 */
export type Viewed<T> = T extends { secret: true } | readonly unknown[]
  ? T
  : T extends object
  ? {
      [K in keyof T]: null extends T[K]
        ? SecretInfo | Extract<T[K], FileReference> | undefined
        : Viewed<T[K]>;
    }
  : T;
