import { useFormContext, useWatch } from 'react-hook-form';
import { ImportedFrom } from 'backstage-plugin-datasource-auth-common';
import { FIELDS } from '../kinds';
import { useText } from '../translation';
import { ScopeChecks } from './ScopeChecks';

/** Checkboxes for the scopes of the imported API description, next to the text input. Empty without an import. */
export const OfferedScopes = () => {
  const t = useText();
  const { setValue } = useFormContext();
  const [imported, text] = useWatch({
    name: [FIELDS.importedFrom.path, FIELDS.scopes.path],
  }) as [ImportedFrom | undefined, string];
  if (!imported?.scopes?.length) return null;
  const title = t('openapi.offered.scopes', {
    count: imported.scopes.length,
    title: imported.title ?? t('openapi.offered.description'),
  });
  return (
    <details>
      <summary>{title}</summary>
      <ScopeChecks
        legend={t('openapi.offered.legend')}
        scopes={imported.scopes}
        selected={text.split(/\s+/).filter(Boolean)}
        onSelect={scopes =>
          setValue(FIELDS.scopes.path, scopes.join(' '), {
            shouldDirty: true,
            shouldValidate: true,
          })
        }
      />
    </details>
  );
};
