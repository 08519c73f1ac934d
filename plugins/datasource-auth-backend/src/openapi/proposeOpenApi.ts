import {
  OpenApiKey,
  OpenApiOther,
  OpenApiProposal,
  OpenApiScheme,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { CheckUrl } from './addressAt';
import { DescriptionError } from './DescriptionError';
import { DescriptionPlace } from './DescriptionPlace';
import {
  FlowReading,
  isFlow,
  readFlow,
  readOpenIdFlows,
  withMetadata,
} from './flows';
import { alternativesOfKeys, keysBesideToken, readKey } from './keys';
import { OperationsUse, readOperations } from './operations';
import { LoadDocument, References } from './References';
import { readServers } from './servers';
import { shortText } from './shortText';

const MOST_SCHEMES = 100;
const MOST_FLOWS = 20;
const MOST_NOTES = 30;

/**
 * Reads how an API authenticates from an API description (OpenAPI 3.x, Swagger 2.0; JSON or YAML). Except for the
 * documents that `load` fetches, it uses no network, file or database.
 *
 * Vendor extensions are ignored. They configure consoles that try an API out: a client ID in one belongs to
 * someone else's client, and a document must not decide whether PKCE is used.
 *
 * @throws DescriptionError with line or JSON pointer
 */
export async function proposeOpenApi(options: {
  text: string;
  /** URL of the text, for relative references. */
  url?: string;
  load?: LoadDocument;
  /** Throws a sentence if a URL may not be called. */
  check: CheckUrl;
}): Promise<OpenApiProposal> {
  const references = new References(options);
  const { root } = references;
  const specification = specificationOf(root);
  const notes = new Set<string>();
  const note = (sentence: string) => {
    if (notes.size < MOST_NOTES) notes.add(sentence.slice(0, 1_000));
  };

  const { schemes, keys, others } = await readSchemes(references, {
    check: options.check,
    note,
  });
  const use = await readOperations(references, note);
  const info = root.member('info');
  return {
    title: shortText(info?.member('title')?.value, 200),
    version: shortText(info?.member('version')?.value, 100),
    specification,
    url: root.document.url,
    servers: readServers(root, options.check),
    schemes: schemes.map(scheme => withUse(scheme, use, keys)),
    keys: alternativesOfKeys(keys, use.requirements, name =>
      schemes.some(scheme => scheme.name === name),
    ),
    others,
    notes: [...notes],
  };
}

function specificationOf(root: DescriptionPlace): string {
  for (const [key, versions] of [
    ['openapi', /^3(\.\d+){0,2}(-[\w.]+)?$/],
    ['swagger', /^2(\.0)?$/],
  ] as const) {
    const member = root.member(key);
    if (!member) continue;
    const version = shortText(member.value, 20) ?? '';
    if (versions.test(version)) return version;
    throw new DescriptionError(
      message('error.description.versionUnsupported', { version }),
      member,
    );
  }
  throw new DescriptionError(message('error.description.notDescription'));
}

type BareScheme = Omit<OpenApiScheme, 'operations' | 'requiredScopes'>;

async function readSchemes(references: References, reading: FlowReading) {
  const { root } = references;
  const places = root.member('swagger')
    ? root.member('securityDefinitions')
    : root.member('components')?.member('securitySchemes');
  const schemes: BareScheme[] = [];
  const keys: OpenApiKey[] = [];
  const others: OpenApiOther[] = [];
  for (const named of places?.members(MOST_SCHEMES) ?? []) {
    try {
      const place = await references.follow(named);
      const type = shortText(place.member('type')?.value, 50) ?? '';
      const scheme = {
        name: named.key,
        description: shortText(place.member('description')?.value, 300),
        from: place.from,
      };
      if (type === 'oauth2') {
        const flows = await readFlows(references, place, reading);
        schemes.push({ ...scheme, type, flows });
      } else if (type === 'openIdConnect') {
        const flows = readOpenIdFlows(place, reading);
        schemes.push({ ...scheme, type, flows });
      } else if (!named.isExtension(() => type !== '')) {
        const key = readKey(place, named.key);
        if ('reason' in key) others.push(key);
        else keys.push(key);
      }
    } catch (error) {
      reading.note((error as Error).message);
    }
  }
  return { schemes, keys, others };
}

async function readFlows(
  references: References,
  scheme: DescriptionPlace,
  reading: FlowReading,
) {
  const flows = scheme.member('flows');
  if (!flows) {
    // Swagger 2.0, and documents converted to OpenAPI 3 by hand.
    const flow = shortText(scheme.member('flow')?.value, 100);
    return withMetadata(
      scheme,
      flow ? [readFlow(scheme, flow, reading)] : [],
      reading,
    );
  }
  const places = (await references.follow(flows))
    .members(MOST_FLOWS)
    .filter(place => !place.isExtension(isFlow));
  const read = await Promise.all(
    places.map(async flow =>
      readFlow(await references.follow(flow), flow.key, reading),
    ),
  );
  return withMetadata(scheme, read, reading);
}

function withUse(
  scheme: BareScheme,
  { schemes, requirements }: OperationsUse,
  known: OpenApiKey[],
): OpenApiScheme {
  const use = schemes.get(scheme.name);
  const keys = keysBesideToken(scheme.name, known, requirements);
  return {
    ...scheme,
    operations: use?.operations ?? [],
    requiredScopes: [...(use?.scopes ?? [])],
    ...(keys.length && { keys }),
  };
}
