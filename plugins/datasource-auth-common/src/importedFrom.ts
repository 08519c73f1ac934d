import { z } from 'zod';
import { plainText } from './plainText';
import { scopeSchema } from './scope';

/**
 * Scopes that are kept with a datasource.
 *
 * @public
 */
export const MAX_KEPT_SCOPES = 300;

const address = plainText(2_000);

/**
 * The API description that a datasource was made from: where it is, which flow of it was chosen, what that flow said
 * then, and what it offers besides what was chosen. It is part of the settings, so that a copy of the datasource, its
 * draft and its declaration in app-config have it too. It decides nothing: where secrets go is in `auth`.
 *
 * @public
 */
export const importedFromSchema = z.strictObject({
  title: plainText(200).optional(),
  version: plainText(100).optional(),
  /** The catalog entity whose definition it is. */
  entityRef: plainText(300).optional(),
  /** The address that it was read at. */
  url: address.optional(),
  scheme: plainText(300),
  flow: plainText(100),
  /** As they stood in the document, so that a change of them is noticed. */
  endpoints: z
    .strictObject({
      server: address.optional(),
      authorizeUrl: address.optional(),
      tokenUrl: address.optional(),
      refreshUrl: address.optional(),
      issuer: address.optional(),
    })
    .default({}),
  /** All scopes that the flow offers, as far as they are kept. */
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
