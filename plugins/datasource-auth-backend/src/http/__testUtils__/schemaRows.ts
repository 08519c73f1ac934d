interface Schema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  default?: unknown;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
}

/** A field of a body with its possible values. */
export interface SchemaRow {
  path: string;
  required: boolean;
  what: string;
}

/** Returns the fields of a schema by dotted path, inner ones after the field that contains them. */
export function schemaRows(schema: Schema, parent: string = ''): SchemaRow[] {
  const { properties = {}, required = [] } = merged(schema);
  return Object.entries(properties).flatMap(([name, member]) => {
    const path = parent ? `${parent}.${name}` : name;
    const row = { path, required: required.includes(name), what: what(member) };
    return merged(member).properties
      ? [row, ...schemaRows(member, path)]
      : [row];
  });
}

/** Merges the alternatives of a union with a `type` field into one object. */
function merged(schema: Schema): Schema {
  const options = schema.oneOf?.map(merged);
  if (!options?.every(({ properties }) => properties?.type)) return schema;
  const [first] = options as Array<Required<Schema>>;
  const names = new Set(
    options.flatMap(option => Object.keys(option.properties ?? {})),
  );
  const properties = [...names].map(name => {
    // A field that only some alternatives have is described by those.
    const members = options.flatMap(option => option.properties?.[name] ?? []);
    const [member] = members;
    const constants = members.flatMap(({ const: value, enum: values }) =>
      value === undefined ? values ?? [] : [value],
    );
    const differ = members.some(
      other => JSON.stringify(other) !== JSON.stringify(member),
    );
    const isConstant = member.const !== undefined;
    const different = isConstant
      ? { enum: constants }
      : { ...member, default: undefined };
    return [name, differ ? different : member] as const;
  });
  return { ...first, properties: Object.fromEntries(properties) };
}

function what(schema: Schema): string {
  const given = schema.default;
  const empty = JSON.stringify(given) === '{}';
  return [
    kindOf(schema),
    ...limitsOf(schema),
    ...(given === undefined || empty
      ? []
      : [`default \`${JSON.stringify(given)}\``]),
  ].join(', ');
}

function kindOf(schema: Schema): string {
  const either = schema.anyOf ?? schema.oneOf;
  if (merged(schema).properties) return 'object';
  if (either) return kindOfEither(either);
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map(value => `\`${value}\``).join(', ');
  if (schema.properties) return 'object';
  if (schema.type === 'object') {
    const values = schema.additionalProperties;
    return `map of ${typeof values === 'object' ? kindOf(values) : 'anything'}`;
  }
  if (schema.type === 'array') return `list of ${kindOf(schema.items ?? {})}`;
  if (schema.type === 'string')
    return schema.format === 'uuid' ? 'UUID' : schema.format ?? 'text';
  // A schema that refers to itself has no type here.
  if (!schema.type) return 'any JSON';
  return [schema.type].flat().join(' or ');
}

/** Some alternatives have a name in the text above the tables. */
function kindOfEither(either: Schema[]): string {
  const members = either.map(({ properties = {} }) => Object.keys(properties));
  if (members.some(([first]) => first === 'set')) return 'secret';
  if (members.some(([first]) => first === 'secret')) return 'value';
  if (members.every(([first]) => first === 'action')) {
    return either.map(actionOf).join(' or ');
  }
  return either.map(kindOf).join(' or ');
}

function actionOf({ properties = {}, required = [] }: Schema): string {
  const members = Object.entries(properties).map(([name, member]) => {
    const mark = required.includes(name) ? '' : '?';
    return member.const ? `${name}: '${member.const}'` : `${name}${mark}`;
  });
  return `\`{ ${members.join(', ')} }\``;
}

function limitsOf({ maxLength, maxItems, minimum, maximum }: Schema): string[] {
  const unbounded = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER;
  return [
    ...(maxLength === undefined ? [] : [`at most ${maxLength} characters`]),
    ...(maxItems === undefined ? [] : [`at most ${maxItems}`]),
    ...(unbounded ? [] : [`${minimum ?? 1} to ${maximum}`]),
  ];
}
