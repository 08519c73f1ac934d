import { MESSAGES } from 'backstage-plugin-datasource-auth-common';
import { Translated } from '../Translated';

/** Why an API description can't be read. */
export const descriptionErrors: Translated<typeof MESSAGES.error.description> =
  {
    atLine: 'Zeile {{line}}: {{fault}}',
    atPlace: '{{place}}: {{fault}}',
    tooLarge: 'Das Dokument ist größer als {{limit}}',
    tooLargeTogether:
      'Das Dokument und seine Verweise sind größer als {{limit}}',
    tooLargeYaml:
      'Auch ohne seine Schemas ist das YAML-Dokument größer als {{limit}}. Importieren Sie es als JSON.',
    tooDeep: 'tiefer als {{levels}} Ebenen verschachtelt',
    tooRepeated: 'die Aliasse ergeben mehr als {{limit}}',
    tooManyValues: 'mehr als {{maximum}} Werte',
    tooManyObjects: 'mehr als {{maximum}} Objekte',
    notJson: 'kein gültiges JSON',
    notYaml: 'kein gültiges YAML',
    notYamlBecause: 'kein gültiges YAML ({{reason}})',
    versionUnsupported:
      'Version „{{version}}“ wird nicht unterstützt. Verwenden Sie OpenAPI 3.x (wie 3.0.3) oder Swagger 2.0.',
    notDescription:
      'Das ist keine API-Beschreibung: Auf der obersten Ebene steht weder `openapi` noch `swagger`.',
    circle: 'die Verweise bilden einen Kreis',
    missing: '„{{reference}}“ gibt es nicht.',
    relative:
      '„{{reference}}“ ist relativ, aber das Dokument hat keine URL. Importieren Sie es von einer URL oder als eine Datei.',
    notHttp: '„{{reference}}“ wird nicht gelesen: nur HTTP(S)-URLs werden es.',
    otherDocument:
      '„{{reference}}“ ist ein anderes Dokument, das nicht gelesen wird.',
    tooManyDocuments:
      '„{{reference}}“ wird nicht gelesen: Die Grenze sind {{maximum}} Dokumente.',
    unreadable: '„{{reference}}“ kann nicht gelesen werden.',
    tooManyRedirects: '{{host}} leitet mehr als {{maximum}} Mal weiter',
    entityMissing:
      'Die Entität „{{entity}}“ gibt es nicht, oder Sie haben keine Berechtigung, sie zu sehen.',
    entityWithoutDefinition:
      'Die Entität „{{entity}}“ hat keine API-Definition (spec.definition).',
    entityType:
      'Die Entität „{{entity}}“ ist vom Typ {{type}}, der keine OpenAPI-Sicherheitsschemas hat.',
    entityReference:
      'Kein Verweis auf eine Entität. Geben Sie einen ein wie api:default/payments.',
    notUrl:
      'Keine URL. Geben Sie eine ein wie https://api.example.com/openapi.yaml.',
    status: '{{host}} hat {{status}} statt eines Dokuments zurückgegeben',
    webPage:
      '{{host}} hat eine Webseite zurückgegeben. Verwenden Sie die URL der JSON- oder YAML-Datei selbst.',
    unreachable: 'Das Dokument bei {{host}} kann nicht gelesen werden.',
    catalogMissing:
      'Der Katalog ist in diesem Backstage nicht installiert. Fügen Sie das Dokument ein, oder geben Sie seine URL ein.',
    catalogForbidden:
      'Sie haben keine Berechtigung, Entitäten im Katalog zu lesen.',
    catalogDown: 'Der Katalog antwortet nicht. Versuchen Sie es noch einmal.',
  };
