import { createContext, useContext } from 'react';
import {
  DatasourceSettingsView,
  IssuerProposal,
} from 'backstage-plugin-datasource-auth-common';

/** What the fields of an editor need besides the form itself. */
export interface EditorFacts {
  /** The settings as last read: they say which secrets are stored. */
  stored?: Partial<DatasourceSettingsView>;
  isNew: boolean;
  /** The redirect URI of this form, byte for byte; undefined until it is known. */
  redirectUri?: string;
  passwordGrantEnabled: boolean;
  /** The scopes that the metadata of an issuer lists, once it was read. */
  issuerScopes?: Pick<IssuerProposal, 'issuer' | 'scopes'>;
  onIssuerRead?: (proposal: IssuerProposal) => void;
  /** The hosts that the stored secret at a path was entered for, when the form now sends it elsewhere too. */
  secretsWereFor?: (path: string) => string[] | undefined;
}

const EditorContext = createContext<EditorFacts>({
  isNew: true,
  passwordGrantEnabled: true,
});

/** Hands the facts to the fields below. */
export const EditorFactsProvider = EditorContext.Provider;

/** The facts of the editor around. */
export function useEditorFacts(): EditorFacts {
  return useContext(EditorContext);
}
