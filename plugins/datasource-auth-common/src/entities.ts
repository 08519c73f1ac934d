/**
 * Annotation of catalog entities that use an API through a datasource: one name, or several separated by commas.
 *
 * @public
 */
export const DATASOURCE_ANNOTATION = 'datasource-auth/datasource';

/**
 * Values of `spec.type` of API entities whose definition can't have OpenAPI security schemes.
 *
 * @public
 */
export const TYPES_WITHOUT_OPENAPI: readonly string[] = [
  'asyncapi',
  'graphql',
  'grpc',
  'trpc',
];

/**
 * The part of a catalog entity that is read here.
 *
 * @public
 */
export interface AnnotatedEntity {
  /** Kind of the entity, such as `API`. */
  kind?: string;
  /** Metadata with the annotations. */
  metadata: { annotations?: Record<string, string> };
  /** Type and definition of an API. */
  spec?: object;
}

/**
 * Returns the distinct datasource names of an entity's annotation, in order. They aren't validated: the backend decides
 * whether such a datasource exists.
 *
 * @public
 */
export function datasourceNamesOf(entity: AnnotatedEntity): string[] {
  const value = entity.metadata.annotations?.[DATASOURCE_ANNOTATION] ?? '';
  const names = value.split(',').map(name => name.trim());
  return [...new Set(names.filter(Boolean))];
}

/**
 * Returns whether a datasource can be created from an entity: an API whose definition may be OpenAPI.
 *
 * @public
 */
export function hasOpenApiDefinition(entity: AnnotatedEntity): boolean {
  const { definition, type } = (entity.spec ?? {}) as {
    definition?: unknown;
    type?: unknown;
  };
  return (
    entity.kind?.toLowerCase() === 'api' &&
    typeof definition === 'string' &&
    definition.trim() !== '' &&
    !TYPES_WITHOUT_OPENAPI.includes(String(type))
  );
}
