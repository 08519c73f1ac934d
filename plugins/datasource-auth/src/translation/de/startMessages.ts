import { startMessages as english } from '../startMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const startMessages: Translated<typeof english> = {
  title: 'Neue Datenquelle',
  subtitle: 'Wie möchten Sie beginnen?',
  ways: 'Möglichkeiten zu beginnen',
  galleryText:
    'Endpunkte, Scopes und Eigenheiten des Anbieters sind für Sie ausgefüllt, mit den Schritten der Registrierung.',
  openapiText:
    'Endpunkte und Scopes werden aus der OpenAPI-Beschreibung der API gelesen.',
  blankText:
    'Geben Sie die Einstellungen selbst ein oder füllen Sie sie vom Aussteller aus.',
  duplicate: 'Datenquelle duplizieren',
  duplicateText:
    'Kopiert alles außer Name und Geheimnissen, für einen anderen Mandanten, eine andere Region oder Umgebung derselben API.',
  duplicateReason: 'Wählen Sie zuerst eine Datenquelle',
  mayNot:
    'Sie dürfen keine Datenquellen anlegen. Bitten Sie einen Plattform-Administrator.',
};
