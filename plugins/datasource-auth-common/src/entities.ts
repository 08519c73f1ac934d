/**
 * Annotation of catalog entities that use an API through a datasource: its name, or several separated by commas.
 *
 * @public
 */
export const DATASOURCE_ANNOTATION = 'datasource-auth/datasource';

/**
 * Values of `spec.type` of API entities whose definition has no security schemes of OpenAPI.
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
 * As much of a catalog entity as is looked at here.
 *
 * @public
 */
export interface AnnotatedEntity {
  /** Such as `API`. */
  kind?: string;
  /** Where the annotations are. */
  metadata: { annotations?: Record<string, string> };
  /** Of an API its type and its definition. */
  spec?: object;
}

/**
 * The names of the datasources that an entity is annotated with, each once, in their order. What stands there may be no
 * name at all: whether there is such a datasource is for the backend to say.
 *
 * @public
 */
export function datasourceNamesOf(entity: AnnotatedEntity): string[] {
  const value = entity.metadata.annotations?.[DATASOURCE_ANNOTATION] ?? '';
  const names = value.split(',').map(name => name.trim());
  return [...new Set(names.filter(Boolean))];
}

/**
 * Whether a datasource can be made of an entity: an API whose definition may be one of OpenAPI.
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
