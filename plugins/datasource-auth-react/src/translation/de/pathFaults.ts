import { MESSAGES } from 'backstage-plugin-datasource-auth-common';
import { Translated } from '../Translated';

/** Why a path or an address is refused. */
export const pathFaults: Translated<typeof MESSAGES.path> = {
  noSlash: 'Er beginnt nicht mit einem Schrägstrich',
  spaceOrControl:
    'Ein Leerzeichen oder Steuerzeichen ist enthalten. Codieren Sie es',
  query: 'Eine Query oder ein Fragment ist enthalten',
  backslash: 'Ein Backslash ist enthalten',
  surrogate: 'Die Hälfte eines Surrogatpaars ist enthalten',
  incompleteEscape: 'Eine unvollständige Prozentcodierung ist enthalten',
  encodedBackslash: 'Ein codierter Backslash ist enthalten',
  encodedSlash:
    'Ein codierter Schrägstrich ist enthalten. Setzen Sie encodedSlash auf true, wenn die API ihn in einem Segment akzeptiert',
  encodedSlashPlace:
    'Ein codierter Schrägstrich steht am Anfang oder Ende eines Segments, oder zwei stehen hintereinander',
  notUtf8: 'Die Prozentcodierung ist kein UTF-8',
  encodedControl: 'Ein codiertes Steuerzeichen ist enthalten',
  encodedOften: 'Es ist zu oft codiert',
  encodedTwice:
    'Ein Punkt, Schrägstrich oder Backslash ist doppelt codiert enthalten',
  dotSegment: 'Ein Punktsegment ist enthalten',
  outsideAscii:
    'Ein Zeichen außerhalb von ASCII ist enthalten. Codieren Sie es',
  doubleSlash: 'Zwei Schrägstriche stehen hintereinander',
  notAddress: 'Es ist weder ein Pfad noch eine HTTP(S)-URL',
  twoSlashes: 'Sie beginnt mit zwei Schrägstrichen',
  notUrl: 'Sie ist keine gültige URL',
  credentials: 'Ein Benutzername oder Passwort ist enthalten',
  notHttps: 'Sie verwendet nicht HTTPS',
  hostNotAllowed: '„{{host}}“ ist kein erlaubter Host',
  repeatedParameter: 'Die Basis-URL setzt den Parameter „{{name}}“ bereits',
  outsideBaseUrl: 'Sie liegt außerhalb der Basis-URL',
};
