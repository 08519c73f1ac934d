import { galleryMessages as english } from '../galleryMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const galleryMessages: Translated<typeof english> = {
  choose: 'Anbieter wählen',
  title: 'Anbieter wählen',
  subtitle:
    'Bekannte Einstellungen des Anbieters sind ausgefüllt. Sie ergänzen die Werte aus Ihrer Registrierung.',
  loading: 'Anbieter werden geladen…',
  search: 'Anbieter suchen',
  list: 'Anbieter',
  found_one: '{{count}} Anbieter',
  found_other: '{{count}} Anbieter',
  nothing:
    'Kein Anbieter passt. Beginnen Sie mit einem leeren Formular oder wählen Sie Generic OAuth2.',
  startBlank: 'Leer beginnen',
  filterAccess: 'Zugriff',
  anyAccess: 'Beliebig',
  access: {
    person: 'Als Person',
    app: 'Als Anwendung',
    key: 'API-Schlüssel oder Passwort',
  },
  setting: 'Einstellung',
  value: 'Wert',
  guide: 'Anleitung zur Einrichtung',
  usedPreset: 'Ausgefüllt aus {{title}}.',
};
