/** Why an API description can't be read. */
export const descriptionErrors = {
  atLine: 'Line {{line}}: {{fault}}',
  atPlace: '{{place}}: {{fault}}',
  tooLarge: 'The document is larger than {{limit}}',
  tooLargeTogether: 'The document and its references are larger than {{limit}}',
  tooLargeYaml:
    'Without its schemas, the YAML document is still larger than {{limit}}. Import it as JSON.',
  tooDeep: 'nested deeper than {{levels}} levels',
  tooRepeated: 'the aliases expand to more than {{limit}}',
  tooManyValues: 'more than {{maximum}} values',
  tooManyObjects: 'more than {{maximum}} objects',
  notJson: 'not valid JSON',
  notYaml: 'not valid YAML',
  notYamlBecause: 'not valid YAML ({{reason}})',
  versionUnsupported:
    "version '{{version}}' isn't supported. Use OpenAPI 3.x (such as 3.0.3) or Swagger 2.0.",
  notDescription:
    "This isn't an API description: it has neither `openapi` nor `swagger` at the top level.",
  circle: 'the references form a circle',
  missing: "'{{reference}}' doesn't exist.",
  relative:
    "'{{reference}}' is relative, but the document has no URL. Import it from a URL, or as one file.",
  notHttp: "'{{reference}}' isn't read: only HTTP(S) URLs are.",
  otherDocument: "'{{reference}}' is another document, which isn't read.",
  tooManyDocuments:
    "'{{reference}}' isn't read: the limit is {{maximum}} documents.",
  unreadable: "'{{reference}}' can't be read.",
  tooManyRedirects: '{{host}} redirects more than {{maximum}} times',
  entityMissing:
    "Entity '{{entity}}' doesn't exist, or you don't have permission to view it.",
  entityWithoutDefinition:
    "Entity '{{entity}}' has no API definition (spec.definition).",
  entityType:
    "Entity '{{entity}}' is of type {{type}}, which has no OpenAPI security schemes.",
  entityReference:
    'Not an entity reference. Enter one such as api:default/payments.',
  notUrl: 'Not a URL. Enter one such as https://api.example.com/openapi.yaml.',
  status: '{{host}} returned {{status}} instead of a document',
  webPage:
    '{{host}} returned a web page. Use the URL of the JSON or YAML file itself.',
  unreachable: "The document at {{host}} can't be read.",
  catalogMissing:
    "The catalog isn't installed in this Backstage. Paste the document or enter its URL.",
  catalogForbidden: "You don't have permission to read catalog entities.",
  catalogDown: "The catalog isn't responding. Try again.",
} as const;
