import { MESSAGES } from 'backstage-plugin-datasource-auth-common';
import { Translated } from '../Translated';

/** Why a call to an API isn't made, or has no response. */
export const gatewayErrors: Translated<typeof MESSAGES.error.gateway> = {
  target:
    'Rufen Sie /gateway/{name}/{path} mit dem Namen einer Datenquelle und einem Pfad unter ihrer Basis-URL auf.',
  pathRefused: 'Der Pfad wird abgelehnt: {{reason}}.',
  queryCharacters:
    'Die Query wird abgelehnt: Sie enthält ein Leerzeichen, ein Steuerzeichen, ein Fragment oder ein Zeichen außerhalb von ASCII. Codieren Sie es.',
  queryRepeated:
    'Die Query wird abgelehnt: Die Basis-URL setzt den Parameter „{{name}}“ bereits. Lassen Sie ihn weg.',
  addressRefused:
    'Die Adresse {{address}} wird für die Datenquelle „{{name}}“ abgelehnt: {{reason}}.',
  encodedSlash:
    'Der Pfad enthält einen codierten Schrägstrich. Wenn die API ihn in einem Segment akzeptiert, setzen Sie encodedSlash: true an einer Route von gateway.routes der Datenquelle „{{name}}“.',
  closed:
    'Das Gateway der Datenquelle „{{name}}“ ist geschlossen: Es hat keine Routen. Fügen Sie Routen zu gateway.routes hinzu.',
  noRoute:
    'Keine Gateway-Route der Datenquelle „{{name}}“ erlaubt {{method}} für diesen Pfad. Fügen Sie sie zu gateway.routes hinzu.',
  noBaseUrl:
    'Die Datenquelle „{{name}}“ hat keine Basis-URL, die aufgerufen werden kann. Setzen Sie sie und die Werte ihrer Templates.',
  noBaseUrlFor:
    'Die Datenquelle „{{name}}“ hat keine Basis-URL, an die „{{path}}“ angehängt werden könnte. Setzen Sie sie, oder rufen Sie eine absolute Adresse auf einem erlaubten Host auf.',
  bodyForbidden: 'Eine {{method}}-Anfrage hat keinen Body. Verwenden Sie POST.',
  requestTooLarge:
    'Der Body ist größer als {{limit}} Bytes, die Grenze in gateway.limits.requestBytes.',
  responseTooLarge:
    'Die API der Datenquelle „{{name}}“ unter {{origin}} hat eine Antwort von mehr als {{limit}} Bytes gesendet, der Grenze in gateway.limits.responseBytes.',
  notReached:
    'Die API der Datenquelle „{{name}}“ unter {{origin}} war nicht innerhalb von {{milliseconds}} ms erreichbar.',
  noResponse:
    'Die API der Datenquelle „{{name}}“ unter {{origin}} hat nicht innerhalb von {{milliseconds}} ms geantwortet.',
  notContinued:
    'Die API der Datenquelle „{{name}}“ unter {{origin}} hat nicht innerhalb von {{milliseconds}} ms weitergesendet.',
  notCalled:
    'Die API der Datenquelle „{{name}}“ unter {{origin}} konnte nicht aufgerufen werden: {{reason}}.',
  notHttp: 'Die Antwort ist kein HTTP',
  connectionFailed: 'Die Verbindung ist fehlgeschlagen',
  boundToBackend:
    'Aufrufe der API der Datenquelle „{{name}}“ brauchen einen Schlüssel, den nur das Backend hat. Rufen Sie die API mit fetch von datasourceAuthServiceRef auf.',
  nonceRequired:
    'Die API der Datenquelle „{{name}}“ unter {{origin}} hat eine DPoP-Nonce verlangt, und ein Body dieser Größe kann nicht noch einmal gesendet werden. Wiederholen Sie den Aufruf: Er enthält dann die Nonce.',
  certificate:
    'Die API der Datenquelle „{{name}}“ kann nicht aufgerufen werden. {{fault}}',
  settings:
    'Die API der Datenquelle „{{name}}“ kann nicht aufgerufen werden: {{fault}} Korrigieren Sie die Header und Query-Parameter ihrer API-Anfragen.',
};
