import { z } from 'zod';
import { plainText } from './plainText';
import { scopeSchema } from './scope';

/**
 * Maximum number of scopes that are stored with a datasource.
 *
 * @public
 */
export const MAX_KEPT_SCOPES = 300;

const address = plainText(2_000);

/**
 * The API description that a datasource was created from: its location, the chosen scheme and flow, their values at
 * that time, and what else it offers. It is part of the settings, so copies, drafts, and declarations in app-config include
 * it. It has no effect on where secrets are sent: `auth` decides that.
 *
 * @public
 */
export const importedFromSchema = z.strictObject({
  title: plainText(200).optional(),
  version: plainText(100).optional(),
  /** The catalog entity that has the definition. */
  entityRef: plainText(300).optional(),
  /** The address it was read from. */
  url: address.optional(),
  /** The chosen security scheme, or several joined with a plus sign; absent if none was taken. */
  scheme: plainText(300).optional(),
  /** Absent for credentials that the API issues itself. */
  flow: plainText(100).optional(),
  /** The API demands a client certificate, so the datasource isn't configured without one. */
  clientCertificate: z.literal(true).optional(),
  /** As written in the document, so that changes can be detected. */
  endpoints: z
    .strictObject({
      server: address.optional(),
      authorizeUrl: address.optional(),
      tokenUrl: address.optional(),
      refreshUrl: address.optional(),
      issuer: address.optional(),
    })
    .default({}),
  /** The scopes that the flow offers, up to the stored maximum. */
  scopes: z
    .array(
      z.strictObject({
        scope: scopeSchema,
        description: plainText(200).optional(),
      }),
    )
    .max(MAX_KEPT_SCOPES)
    .default([]),
  /** The base URLs that the document offers. */
  servers: z
    .array(
      z.strictObject({ url: address, description: plainText(200).optional() }),
    )
    .max(20)
    .default([]),
});
