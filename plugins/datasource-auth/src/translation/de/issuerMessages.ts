import { issuerMessages as english } from '../issuerMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const issuerMessages: Translated<typeof english> = {
  fill: 'Vom Aussteller ausfüllen',
  needed: 'Geben Sie zuerst den Aussteller ein.',
  reading: 'Metadaten des Ausstellers werden gelesen…',
  correct: '{{issuer}} verwenden',
  title: 'Einstellungen des Ausstellers verwenden?',
  text: '{{issuer}} veröffentlicht diese Einstellungen. Prüfen Sie sie vor der Übernahme. Gespeichert wird erst mit der Datenquelle.',
  nothing:
    'Ihre Einstellungen stimmen bereits mit den Metadaten von {{issuer}} überein.',
  table: 'Vorgeschlagene Einstellungen',
  setting: 'Einstellung',
  current: 'Aktuell',
  proposed: 'Vorschlag',
  empty: 'leer',
  otherHost: 'Anderer Host als der Aussteller',
  otherHosts:
    'Einige URLs liegen auf anderen Hosts als der Aussteller: {{hosts}}. Verwenden Sie sie nur, wenn sie dem Anbieter gehören.',
  refused:
    'Weggelassen, weil dieses Backstage sie nicht aufrufen darf: {{endpoints}}.',
  otherGrants:
    'Der Aussteller nennt den gewählten Grant ({{grant}}) nicht. Er bietet: {{offered}}.',
  senderConstraints:
    'Der Aussteller kann Tokens an einen Schlüssel binden. Für {{setting}} können Sie wählen: {{options}}',
  scopes: 'Scopes, die der Aussteller anbietet: {{scopes}}',
  keep: 'Meine behalten',
  takeOver: 'Diese Einstellungen verwenden',
  taken_one:
    '{{count}} Einstellung ausgefüllt. Speichern Sie, um sie anzuwenden.',
  taken_other:
    '{{count}} Einstellungen ausgefüllt. Speichern Sie, um sie anzuwenden.',
};
