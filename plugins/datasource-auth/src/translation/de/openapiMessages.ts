import { openapiMessages as english } from '../openapiMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const openapiMessages: Translated<typeof english> = {
  title: 'Aus OpenAPI importieren',
  subtitle:
    'Liest die Einstellungen der Authentifizierung aus einer API-Beschreibung. Gespeichert wird erst im Editor.',
  steps: 'Schritte',
  step: {
    source: 'Quelle',
    scheme: 'Schema',
    scopes: 'Scopes',
    review: 'Prüfen',
  },
  stepOf: 'Schritt {{number}} von {{steps}}: {{name}}',
  next: 'Weiter',
  back: 'Zurück',
  continue: 'Weiter',
  reading: 'API-Beschreibung wird gelesen…',
  source: {
    legend: 'Wo ist die API-Beschreibung?',
    entity: 'API-Entität im Katalog',
    paste: 'Einfügen',
    upload: 'Hochladen',
    url: 'Adresse (URL)',
    formats: 'OpenAPI 3.x oder Swagger 2.0, als JSON oder YAML, bis 64 MB.',
    search: 'APIs suchen',
    found: 'Gefundene APIs',
    searching: 'Katalog wird durchsucht…',
    none: 'Keine API passt, oder Sie dürfen sie nicht sehen.',
    more: 'Es gibt weitere Treffer. Grenzen Sie die Suche ein.',
    failed: 'Der Katalog konnte nicht durchsucht werden: {{message}}',
    document: 'API-Beschreibung',
    file: 'Datei',
    tooLarge: 'Das Dokument ist größer als 64 MB',
    address: 'URL der API-Beschreibung',
    addressHelp: 'Zum Beispiel https://api.example.com/openapi.json',
    host: 'Das Backend liest sie von {{host}}, wenn seine Egress-Regeln das erlauben.',
    missing: {
      entity: 'Wählen Sie eine API',
      paste: 'Fügen Sie die API-Beschreibung ein',
      upload: 'Wählen Sie eine Datei',
      url: 'Geben Sie die URL ein',
    },
  },
  scheme: {
    legend: 'Wie authentifiziert die API?',
    flow: '{{scheme}}: {{flow}}',
    unusable: {
      implicit:
        'Implicit Flow – nicht unterstützt, verwenden Sie Authorization Code',
      device:
        'Device Flow – nicht unterstützt, verwenden Sie Authorization Code',
      unknown: 'unbekannter Flow – nicht unterstützt',
      grantDisabled: 'der Passwort-Grant ist in diesem Backstage deaktiviert',
    },
    insteadOfImplicit:
      'Die Beschreibung hat nur den Implicit Flow. Dies ist der Grant Authorization Code desselben Servers.',
    missing: '`{{name}}` fehlt',
    header: 'Header-Feld {{name}}',
    query: 'Query-Parameter {{name}}',
    wholeHeader:
      'Geben Sie den ganzen Wert des Headers ein, mit einem Präfix wie Bearer',
    other: 'Ein anderer Weg oder keiner',
    otherRemark:
      'Behält Titel und Basis-URL. Wählen Sie im Editor, wie die API authentifiziert.',
    none: 'Die API-Beschreibung hat kein Schema, das Backstage verwenden kann.',
    notes: 'Aus der API-Beschreibung weggelassen',
    left: {
      cookie:
        '{{name}}: {{type}} in einem Cookie. Backstage sendet keine Cookies.',
      http_scheme:
        '{{name}}: {{type}}. Dieses HTTP-Schema wird nicht unterstützt.',
      header:
        '{{name}}: {{type}}. Dieser Header oder Parameter kann nicht gesetzt werden.',
      incomplete: '{{name}}: {{type}}. Dem Schema fehlen Pflichtfelder.',
      unknown: '{{name}}: {{type}}. Dieser Typ ist unbekannt.',
    },
  },
  scopes: {
    legend: 'Welche Scopes braucht Backstage?',
    filter: 'Scopes filtern',
    count: '{{selected}} von {{total}} ausgewählt',
    required: 'Von Operationen benötigte Scopes auswählen',
    requiredDone: '{{number}} Scopes ausgewählt',
    none: 'Die API-Beschreibung nennt keine Scopes. Fügen Sie die benötigten hinzu.',
    nothing: 'Kein Scope entspricht dem Filter.',
    add: 'Neuer Scope',
    addButton: 'Scope hinzufügen',
    wrong:
      'Geben Sie einen Scope ohne Leerzeichen, Kommas, Anführungszeichen und Backslashes ein',
    operations_one: '{{count}} Operation verwendet dieses Schema',
    operations_other: '{{count}} Operationen verwenden dieses Schema',
    operationsText:
      'Wählen Sie die Operationen, die Backstage aufruft. Wählen Sie dann alle Scopes, die sie benötigen.',
    noScope: 'kein Scope',
    own: 'von Ihnen hinzugefügt',
    requiredOnly: 'von Operationen benötigt, aber vom Flow nicht angeboten',
  },
  review: {
    ways: 'Dies ist eine von {{number}} Arten der Authentifizierung: {{way}}.',
    noWay: 'Die API-Beschreibung nennt andere Arten der Authentifizierung.',
    otherFlow: 'Anderes Schema wählen',
    server: 'API-Server',
    serverOf: '{{url}} – {{description}}',
    variables: 'URL-Variablen',
    variablesText: 'Sie können diese Felder leer lassen und später ausfüllen.',
    table: 'Ausgefüllte Einstellungen',
    field: 'Einstellung',
    value: 'Wert',
    from: 'Aus',
    resolved: 'Im Dokument relativ, anhand des Servers aufgelöst',
    leftOut: 'Weggelassen',
    problem: {
      empty: '`{{name}}` ist leer',
      not_a_url: '`{{name}}` ist keine HTTP(S)-URL',
      not_an_issuer:
        '`{{name}}` ist kein Aussteller und nicht die URL seiner Metadaten (…/.well-known/openid-configuration)',
      no_server:
        '`{{name}}` ist relativ, aber das Dokument nennt keinen Server',
      no_value:
        '`{{name}}` beginnt mit einer Variablen ohne Wert. Geben Sie oben einen Wert ein',
      blocked:
        '`{{name}}` ist {{value}}, was die Regeln nicht erlauben. {{message}}',
    },
    missing:
      'Nicht in der API-Beschreibung: {{names}}. Geben Sie diese im Editor ein.',
    preset:
      'Die Beschreibung hat keine Token-URL. Sie ist aus der Voreinstellung {{title}} ausgefüllt. Lehnt der Anbieter die Authorize-URL oben ab, verwenden Sie {{url}} aus der Voreinstellung.',
    issuer:
      'Die Metadaten des Ausstellers enthalten die Endpunkte. Wählen Sie im Editor „Vom Aussteller ausfüllen“.',
    secrets:
      'Nicht in der API-Beschreibung: das Geheimnis ({{way}}). Geben Sie es im Editor ein.',
    certificate:
      'Die API verlangt ein Client-Zertifikat. Geben Sie es mit seinem Schlüssel im Editor unter „Erweitert“ ein.',
    nothingSavedYet:
      'Prüfen Sie, wie die API authentifiziert, und geben Sie ein, was sie ausgestellt hat.',
    nothingSaved:
      'Geben Sie die Client-ID und das Secret oder den Schlüssel aus Ihrer Registrierung ein.',
  },
  offered: {
    servers: 'Server von {{title}}',
    useServer: '{{url}} verwenden',
    description: 'die API-Beschreibung',
  },
  changes: {
    one: 'Die API-Beschreibung hat geändert: {{name}}, {{was}} → {{now}}',
    title: 'Die API-Beschreibung hat sich seit dem Import geändert:',
    line: '{{name}}: {{was}} → {{now}}',
    added: '{{name}}: {{now}} kam hinzu',
    gone: '{{name}}: {{was}} wurde entfernt',
    flow: 'Ablauf (Flow)',
    text: 'Ihre Einstellungen bleiben gleich, bis Sie sie ändern.',
    declared: 'Ihre Einstellungen bleiben gleich, bis Sie app-config ändern.',
    keep: 'Meine Einstellungen behalten',
  },
};
