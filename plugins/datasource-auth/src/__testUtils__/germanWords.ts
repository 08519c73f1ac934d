import {
  createTranslationRef,
  TranslationApi,
  TranslationRef,
  translationApiRef,
} from '@backstage/core-plugin-api/alpha';
import { mockApis } from '@backstage/test-utils';
import { datasourceAuthReactTranslations } from 'backstage-plugin-datasource-auth-react';
import { datasourceAuthTranslations } from '../translation';

/** Texts by key. */
export type Texts = Record<string, string>;

/** Loads the German texts of a resource, by an internal property that Backstage reads. */
export async function germanOf(resource: unknown): Promise<Texts> {
  const { resources } = resource as {
    resources: { language: string; loader(): Promise<{ messages: Texts }> }[];
  };
  const { loader } = resources.find(({ language }) => language === 'de')!;
  return (await loader()).messages;
}

/** Returns the translation for a user who chose German. */
export async function germanWords(): Promise<
  readonly [typeof translationApiRef, TranslationApi]
> {
  const words = mockApis.translation();
  const refs = new Map<string, TranslationRef>();
  for (const resource of [
    datasourceAuthTranslations,
    datasourceAuthReactTranslations,
  ]) {
    const { id } = resource;
    const messages = await germanOf(resource);
    refs.set(id, createTranslationRef({ id: `${id}.de`, messages }));
  }
  const api = {
    getTranslation: (ref: TranslationRef) =>
      words.getTranslation(refs.get(ref.id) ?? ref),
    translation$: (ref: TranslationRef) => words.translation$(ref),
  };
  return [translationApiRef, api as TranslationApi];
}
