import { Translated } from 'backstage-plugin-datasource-auth-react';
import { peopleMessages as english } from '../peopleMessages';

/** Texts about the people who connected their own account to a datasource, in German. */
export const peopleMessages: Translated<typeof english> = {
  count_one: '{{count}} Person ist verbunden',
  count_other: '{{count}} Personen sind verbunden',
  private:
    'Nur die Personen selbst sehen ihr Konto. Sie können Verbindungen trennen, zum Beispiel wenn ein Konto missbraucht wurde.',
  notAllowed: 'Sie haben keine Berechtigung, zu sehen, wer es ist.',
  column: {
    user: 'Person',
    since: 'Verbunden',
    lastUse: 'Zuletzt genutzt',
    actions: 'Aktionen',
  },
  neverUsed: 'Noch nicht',
  disconnect: 'Trennen',
  disconnectOf: '{{user}} trennen',
  everyone: 'Alle trennen…',
  more: 'Mehr anzeigen',
  confirm: {
    one: '{{user}} von {{title}} trennen?',
    everyone: 'Alle von {{title}} trennen?',
    text: 'Plugins können nicht mehr für sie handeln, auch nicht mit dem, was sie für später erlaubt haben. Ihre Tokens werden gelöscht und beim Anbieter widerrufen. Sie können sich neu verbinden.',
    keep: 'Verbunden lassen',
  },
  done: '{{user}} ist getrennt.',
  notRevoked:
    '{{user}} ist getrennt. Der Anbieter hat den Widerruf noch nicht bestätigt. Backstage fragt erneut an.',
  doneAll_one: '{{count}} Person ist getrennt.',
  doneAll_other: '{{count}} Personen sind getrennt.',
};
