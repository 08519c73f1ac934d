import { createContext, useContext } from 'react';
import {
  DatasourceSettingsView,
  IssuerProposal,
} from 'backstage-plugin-datasource-auth-common';

/** Data that the editor's fields need in addition to the form. */
export interface EditorFacts {
  /** The settings as last read, which tell which secrets are stored. */
  stored?: Partial<DatasourceSettingsView>;
  isNew: boolean;
  /** The exact redirect URI of this form; undefined until it is known. */
  redirectUri?: string;
  passwordGrantEnabled: boolean;
  /** The scopes in an issuer's metadata, once it was read. */
  issuerScopes?: Pick<IssuerProposal, 'issuer' | 'scopes'>;
  onIssuerRead?: (proposal: IssuerProposal) => void;
}

const EditorContext = createContext<EditorFacts>({
  isNew: true,
  passwordGrantEnabled: true,
});

/** Provides the data to the fields below. */
export const EditorFactsProvider = EditorContext.Provider;

/** Returns the data of the surrounding editor. */
export function useEditorFacts(): EditorFacts {
  return useContext(EditorContext);
}
